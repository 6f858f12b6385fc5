import BotCore
import CProcess
import Glibc

/// The store's file, before SQLite opens it.
struct StoreFile: Sendable {
    /// The path, absolute and without symbolic links, so that two names of one file lead to one lock.
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

    /// Finds the file at a path, or creates an empty one that only its owner can read and write.
    /// - Parameter trustsOwners: whether file and folder may belong to any user.
    init(creating path: String, trustsOwners: Bool = false) throws(StoreError) {
        // Before anything is made there: through a link it would be made where others want it.
        if let problem = Self.openToOthers(path, trustsOwners: trustsOwners) { throw StoreError(.cannotOpen, problem) }
        var descriptor = Self.create(path)
        // The folder is made if its parent exists. Making more would hide a mistyped path or a volume that is not
        // mounted.
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
            throw StoreError(.cannotOpen, "The store \(path) cannot be created: \(errorSentence(reason))")
        }
        try self.init(existing: path)
        if let problem = Self.openToOthers(self.path, trustsOwners: trustsOwners) {
            throw StoreError(.cannotOpen, problem)
        }
        // A sync of a file does not make its name durable. For that its folder is synced, and the folder's own folder.
        let folder = Self.folder(of: self.path)
        try Self.syncFolder(folder)
        try Self.syncFolder(Self.folder(of: folder))
    }

    /// Returns why others can change a store, and what to do; nil if they cannot, or if there is none. The folder counts,
    /// too: whoever can write there can put in another store, or a log that SQLite takes for its own. So do the links that
    /// lead there.
    /// - Parameter trustsOwners: whether all of it may belong to any user.
    static func openToOthers(_ path: String, trustsOwners: Bool = false) -> String? {
        if let step = TrustedWay.weakStep(to: path, trustsOwners: trustsOwners) {
            return
                "A link leads to the store \(path), and others can change \(step) on its way, so they could put another "
                + "store in its place. Name the file itself under `store`, or give that to root and run `chmod go-w` on it."
        }
        let path = target(of: path)
        let folder = folder(of: path)
        for (place, name) in [(path, "The store \(path)"), (folder, "The folder \(folder) of the store")] {
            guard let rights = FileRights(of: place) else { continue }
            if let stranger = rights.stranger, !trustsOwners {
                return
                    "\(name) belongs to \(stranger), who could forge changes and their history. Run clusterbot as that "
                    + "user, or run `chown \(FileRights.ourName) \(place)`."
            }
            guard rights.othersMayChange else { continue }
            let remedy =
                rights.keepsApart
                ? "Name a file in a folder of the service's own under `store`."
                : "Look who did, and run `chmod go-w \(place)`."
            return "\(name) can be changed by others, who could forge changes and their history. \(remedy)"
        }
        return nil
    }

    /// Opens a file beside the store, its lock or its marker. A link in its place is refused: whoever put it there could
    /// let the service write to any file of its user.
    /// - Returns: the descriptor, which no child process inherits; negative if it failed, with the reason in `errno`.
    static func openCompanion(_ path: String, _ flags: Int32) -> Int32 {
        open(path, flags | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }

    /// Says why a file beside the store could not be opened, and what to do.
    static func companionProblem(_ reason: Int32) -> String {
        reason == ELOOP
            ? "it is a link, which is not followed. Look who put it there, and remove it." : errorSentence(reason)
    }

    /// Makes the names in a folder durable. A folder that may not be read, or whose file system cannot do this, is left
    /// to the system.
    static func syncFolder(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
            throw StoreError(.cannotOpen, "The folder \(path) cannot be written: \(errorSentence(errno))")
        }
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Returns the path without links, as far as there is something.
    private static func target(of path: String) -> String {
        if let file = resolved(path) { return file }
        guard let folder = resolved(folder(of: path)) else { return path }
        return (folder == "/" ? "" : folder) + "/" + (path.split(separator: "/").last ?? "")
    }

    /// Returns the path without links; nil, with the reason in `errno`, where nothing is there.
    static func resolved(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    private static func create(_ path: String) -> Int32 { open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600) }

    /// Finds the existing file at a path.
    init(existing path: String) throws(StoreError) {
        guard let resolved = Self.resolved(path) else {
            guard errno != EACCES else {
                throw StoreError(
                    .cannotOpen,
                    "The store \(path) is not readable for this user. Run the command as the user that runs clusterbot, or "
                        + "as root."
                )
            }
            throw StoreError(
                .cannotOpen,
                "There is no store at \(path): \(errorText(errno)). Start `clusterbot serve` first, or fix `store`."
            )
        }
        self.path = resolved
        guard let identity = Identity(of: self.path) else {
            throw StoreError(.cannotOpen, "The store \(path) cannot be read: \(errorSentence(errno))")
        }
        self.identity = identity
    }

    /// The bytes that are free on its disk for ordinary users; nil if they cannot be asked for.
    var freeBytes: Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let (bytes, isMore) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return isMore ? .max : Int(clamping: bytes)
    }

    /// A name of the file itself, whatever is in it: a copy has another one. The number alone is given out again.
    var name: String { "\(identity.number) \(clusterbot_file_birth(path))" }

    /// Whether the file that was opened is still the one at its path. A removed or replaced file would take writes that
    /// nobody can read after a restart.
    var isInPlace: Bool { isAt(path) }

    /// Returns whether the file at a path is this one.
    func isAt(_ path: String) -> Bool { Identity(of: path) == identity }
}

/// Returns the system's text for an error number.
func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }

/// Returns the system's text for an error number at the store, with what to do about it.
func errorSentence(_ number: Int32) -> String {
    let remedy =
        switch number {
        case EACCES, EPERM:
            "Let the user that runs clusterbot read and write there, or name another place under `store`."
        case EROFS: "Mount that file system writable, or name another place under `store`."
        case ENOSPC, EDQUOT: "Make room on that disk."
        case EMFILE, ENFILE: "Raise LimitNOFILE, or `ulimit -n`, to 1024 or more."
        case ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG, ENOENT: "Name a file in a folder that is there under `store`."
        default: "Check the disk, and what `store` names."
        }
    return "\(errorText(number)). \(remedy)"
}
