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
        mode = status.st_mode
        owner = status.st_uid
        group = status.st_gid
        var medium = statvfs()
        isOnReadOnlyMedium = statvfs(path, &medium) == 0 && medium.f_flag & UInt(ST_RDONLY) != 0
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
}
