import BotCore
import Glibc

/// The file that a store is, before SQLite sees it.
struct StoreFile: Sendable {
    /// Absolute and without symbolic links, so that two names of one file meet at one lock.
    let path: String
    private let identity: Identity

    private struct Identity: Equatable {
        let device: UInt
        let number: UInt

        init?(of path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt(status.st_dev)
            number = UInt(status.st_ino)
        }
    }

    /// The file at a path; an empty one, readable and writable by its owner only, if there is none.
    init(creating path: String) throws(StoreError) {
        var descriptor = Self.create(path)
        // The folder is made if only it is missing. More would hide a mistyped path or a volume that is not mounted.
        if descriptor < 0, errno == ENOENT, let slash = path.lastIndex(of: "/"),
            mkdir(String(path[..<slash]), 0o700) == 0
        {
            descriptor = Self.create(path)
        }
        let reason = errno
        if descriptor >= 0 {
            Glibc.close(descriptor)
        } else if reason == ENOENT {
            throw StoreError(.cannotOpen, "The folder of the store \(path) does not exist. Create it, or fix `store`.")
        } else if reason != EEXIST {
            throw StoreError(.cannotOpen, "The store \(path) cannot be created: \(errorText(reason)).")
        }
        try self.init(existing: path)
        // A sync keeps what is in a file. That the file is in its folder, and the folder in its own, the folders keep.
        let folder = Self.folder(of: self.path)
        try Self.syncFolder(folder)
        try Self.syncFolder(Self.folder(of: folder))
    }

    /// Makes the names in a folder durable. One that may not be read, or on a file system without such a thing, is left to
    /// the system.
    static func syncFolder(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
            throw StoreError(.cannotOpen, "The folder \(path) cannot be written: \(errorText(errno)). Check the disk.")
        }
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func create(_ path: String) -> Int32 { open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600) }

    /// The file at a path.
    init(existing path: String) throws(StoreError) {
        guard let resolved = realpath(path, nil) else {
            throw StoreError(
                .cannotOpen,
                "There is no store at \(path): \(errorText(errno)). Start `clusterbot serve` first, or fix `store`."
            )
        }
        defer { free(resolved) }
        self.path = String(cString: resolved)
        guard let identity = Identity(of: self.path) else {
            throw StoreError(.cannotOpen, "The store \(path) cannot be read: \(errorText(errno)).")
        }
        self.identity = identity
    }

    /// What is free on its disk for whoever may not use the reserve; nil if that cannot be told.
    var freeBytes: Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let (bytes, isMore) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return isMore ? .max : Int(clamping: bytes)
    }

    /// Whether the file that was opened is still the one at its path. A removed or replaced file would take writes that
    /// nobody can read after a restart.
    var isInPlace: Bool { Identity(of: path) == identity }
}

/// The system's words for an error number.
func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }
