import Glibc

/// Who may change a file or a folder.
package struct FileRights: Sendable {
    /// The kind of file and its permission bits.
    private let mode: mode_t
    private let owner: uid_t
    private let group: gid_t
    private let isOnReadOnlyMedium: Bool

    /// Looks at what is at a path; nil if nothing can be looked at there.
    /// - Parameter followsLink: whether a symbolic link stands for what it leads to.
    package init?(of path: String, followsLink: Bool = true) {
        var status = stat()
        guard (followsLink ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        var medium = statvfs()
        self.init(status, statvfs(path, &medium) == 0 ? medium : nil)
    }

    /// Looks at an open file; nil if that fails.
    package init?(ofOpen descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        var medium = statvfs()
        self.init(status, fstatvfs(descriptor, &medium) == 0 ? medium : nil)
    }

    private init(_ status: stat, _ medium: statvfs?) {
        mode = status.st_mode
        owner = status.st_uid
        group = status.st_gid
        isOnReadOnlyMedium = medium.map { $0.f_flag & UInt(ST_RDONLY) != 0 } ?? false
    }

    package var isLink: Bool { mode & S_IFMT == S_IFLNK }

    /// Whether somebody can change it besides its owner, root, and the group of this process. What a link leads to
    /// cannot be changed by the link's own bits.
    package var othersMayChange: Bool {
        if isLink || isOnReadOnlyMedium { return false }
        return mode & 0o002 != 0 || mode & 0o020 != 0 && group != getegid()
    }

    /// Whether it is a folder in which people can replace and remove only what is theirs, like `/tmp`.
    package var keepsApart: Bool { mode & S_ISVTX != 0 }

    /// Whether it belongs to root or to the user of this process.
    package var belongsToUsOrRoot: Bool { owner == 0 || owner == geteuid() }

    /// Who owns it, for messages, where that is neither root nor the user of this process and can change it: `eve (uid
    /// 1001)`; else nil. An owner can always give back the right to write that its bits do not show.
    package var stranger: String? {
        guard !belongsToUsOrRoot, !isOnReadOnlyMedium else { return nil }
        return Self.name(of: owner).map { "\($0) (uid \(owner))" } ?? "uid \(owner)"
    }

    /// The user of this process, as `chown` takes it.
    package static var ourName: String { name(of: geteuid()) ?? "\(geteuid())" }

    private static func name(of user: uid_t) -> String? {
        getpwuid(user).map { String(cString: $0.pointee.pw_name) }
    }
}
