import Glibc

/// The file of the operations socket: its place, and who may connect. The kernel lets those connect who may write to it.
package struct SocketFile: Sendable {
    /// The mode for the owner alone, and with a group.
    private static let modes: (owner: mode_t, group: mode_t) = (0o600, 0o660)
    private static let passable: (group: mode_t, others: mode_t) = (0o010, 0o001)
    private static let rightsOfGroup: mode_t = 0o070
    private static let writable: mode_t = 0o022

    package let path: String
    /// The system group whose members may connect; nil: only the owner and root.
    private let group: (name: String, number: gid_t)?

    /// - Parameter group: the name of a system group of which this process is a member.
    package init(path: String, group: String?) throws(SocketProblem) {
        self.path = path
        self.group = try group.map { name throws(SocketProblem) in (name, try Self.number(ofGroup: name)) }
    }

    /// Whether only its owner and root may connect.
    var isOwnersAlone: Bool { group == nil }

    /// Prepares the place, before the socket is made: lets the group pass the folder, and removes what an ended process
    /// left. Nothing else is removed, and no socket at which somebody listens.
    func prepare() throws(SocketProblem) {
        try openFolder()
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw SocketProblem("\(path) is there already and is no socket. Remove it, or change `server.socket.path`.")
        }
        guard !isListenedTo else {
            throw SocketProblem("Another process listens on \(path). Stop it, or change `server.socket.path`.")
        }
        unlink(path)
    }

    /// Lets people connect to the socket that was just made. Before that only the owner can, because the process makes
    /// files for their owner alone: its mask says so.
    /// - Returns: false if it is gone again, as where the service ends while it starts.
    func open() throws(SocketProblem) -> Bool {
        var status = stat()
        let isThere = lstat(path, &status) == 0
        if !isThere, errno == ENOENT { return false }
        guard isThere, status.st_mode & S_IFMT == S_IFSOCK else {
            throw SocketProblem("\(path) was replaced by something else. Look who may write to its folder.")
        }
        if let group, lchown(path, uid_t.max, group.number) != 0 {
            if errno == ENOENT { return false }
            throw SocketProblem("\(path) cannot be given to the group \(group.name): \(Self.reason).")
        }
        guard chmod(path, group == nil ? Self.modes.owner : Self.modes.group) == 0 else {
            if errno == ENOENT { return false }
            throw SocketProblem("The mode of \(path) cannot be set: \(Self.reason).")
        }
        return true
    }

    private var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Lets the group pass the folder without reading it. A folder that has rights for another group is left alone.
    private func openFolder() throws(SocketProblem) {
        var status = stat()
        guard stat(folder, &status) == 0 else {
            throw SocketProblem(
                "The folder of the socket \(path) cannot be used: \(Self.reason). Make it (under systemd: "
                    + "`RuntimeDirectory=`), or change `server.socket.path`."
            )
        }
        guard let group else { return }
        // Whoever may replace the socket could answer in the service's name.
        guard status.st_mode & Self.writable == 0 || status.st_mode & S_ISVTX != 0 else {
            throw SocketProblem(
                "Others may write to the folder \(folder) of the socket, and could put their own in its place. Run "
                    + "`chmod go-w \(folder)`, or change `server.socket.path`."
            )
        }
        let isTheirs = status.st_gid == group.number
        let isPassable = isTheirs ? Self.passable.group : Self.passable.others
        if status.st_mode & isPassable != 0 { return }
        let isFree = isTheirs || status.st_mode & Self.rightsOfGroup == 0
        let mode = status.st_mode & 0o7777 | Self.passable.group
        guard isFree, chown(folder, uid_t.max, group.number) == 0, chmod(folder, mode) == 0 else {
            throw SocketProblem(
                "The group \(group.name) cannot pass the folder \(folder) of the socket. "
                    + "Run `chgrp \(group.name) \(folder)` and `chmod g+x \(folder)`, or change `server.socket.path`."
            )
        }
    }

    private var isListenedTo: Bool {
        let descriptor = socket(
            AF_UNIX,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue),
            0
        )
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // Whatever else went wrong, somebody may be there; also where so many wait that there is no room for one more.
        return result == 0 || errno != ECONNREFUSED
    }

    /// Returns the number of a group of this process.
    private static func number(ofGroup name: String) throws(SocketProblem) -> gid_t {
        guard let entry = getgrnam(name) else {
            throw SocketProblem(
                "There is no system group \(name). Make it (`groupadd \(name)`), or change `server.socket.group`."
            )
        }
        let number = entry.pointee.gr_gid
        guard geteuid() == 0 || number == getegid() || supplementary.contains(number) else {
            throw SocketProblem(
                "The service's user is no member of the group \(name), so it cannot let its members connect. Add it "
                    + "(`usermod --append --groups \(name) USER`, under systemd `SupplementaryGroups=\(name)`), or change "
                    + "`server.socket.group`."
            )
        }
        return number
    }

    private static var supplementary: [gid_t] {
        let count = getgroups(0, nil)
        guard count > 0 else { return [] }
        var groups = [gid_t](repeating: 0, count: Int(count))
        let found = getgroups(count, &groups)
        return Array(groups.prefix(Int(max(0, found))))
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
