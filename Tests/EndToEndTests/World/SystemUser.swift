import Foundation
import TestSupport

/// A user of this machine besides root, made for the tests. Only root can become one.
struct SystemUser: Sendable {
    let name: String
    let uid: uid_t
    /// Its groups besides its own.
    var groups: [gid_t] = []

    /// Whether the tests may be other users.
    static let canBeOthers = getuid() == 0

    /// The name of the group whose members may connect.
    static let group = "clusterbot-tests"

    /// Who runs the service, who may connect to it, and who may not.
    static func service() async throws -> Self { try await user("clusterbot-run", isMember: true) }
    static func member() async throws -> Self { try await user("clusterbot-in", isMember: true) }
    static func outsider() async throws -> Self { try await user("clusterbot-out", isMember: false) }

    /// The same user as a process whose user the system does not know, as in another user namespace.
    var asOverflow: Self { Self(name: name, uid: 65534, groups: groups) }

    /// What runs a program as this user.
    var prefix: [String] {
        let groups = groups.isEmpty ? ["--clear-groups"] : ["--groups", groups.map { "\($0)" }.joined(separator: ",")]
        return ["/usr/bin/setpriv", "--reuid", "\(uid)", "--regid", "\(uid)"] + groups + ["--"]
    }

    /// Gives the user a folder of its own, that nobody else may enter.
    func own(_ folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700, .ownerAccountID: Int(uid), .groupOwnerAccountID: Int(uid)]
        )
    }

    private static let making = Slots(1)

    private static func user(_ name: String, isMember: Bool) async throws -> Self {
        try await making.inside {
            _ = try await ChildProcess.run("/usr/sbin/groupadd", ["--force", group])
            if getpwnam(name) == nil {
                let made = try await ChildProcess.run(
                    "/usr/sbin/useradd",
                    ["--system", "--no-create-home", "--user-group", name]
                )
                guard made.exit == 0 else { throw MissingTool("no user \(name): \(made.errors)") }
            }
            guard let entry = getpwnam(name), let members = getgrnam(group) else {
                throw MissingTool("no user \(name)")
            }
            return Self(name: name, uid: entry.pointee.pw_uid, groups: isMember ? [members.pointee.gr_gid] : [])
        }
    }
}
