import BotCore
import Glibc

/// The place at which a store is restored, with the owner and mode that the file there has.
struct RestoredFile: Sendable {
    /// The path, absolute and without symbolic links.
    let path: String
    private let owner: uid_t
    private let group: gid_t
    private let mode: mode_t

    private static let ownersAlone: mode_t = 0o600
    /// The end of a companion's name while the store is replaced.
    private static let aside = ".before"

    /// - Throws: ``StoreError/Code/cannotOpen`` if neither the store nor its folder is there.
    init(_ path: String) throws(StoreError) {
        var status = stat()
        guard lstat(path, &status) != 0 || status.st_mode & S_IFMT != S_IFLNK else {
            throw StoreError(
                .cannotOpen,
                "The store \(path) is a link, and what it leads to is not replaced. Name the file itself under `store`."
            )
        }
        if let store = StoreFile.resolved(path), stat(store, &status) == 0 {
            self.path = store
            mode = status.st_mode & 0o7777
        } else if errno == ENOENT, let folder = StoreFile.resolved(StoreFile.folder(of: path)),
            stat(folder, &status) == 0
        {
            self.path = folder + "/" + (path.split(separator: "/").last.map(String.init) ?? "")
            mode = Self.ownersAlone
        } else {
            throw StoreError(.cannotOpen, "The store \(path) cannot be found: \(errorText(errno)). Look at `store`.")
        }
        owner = status.st_uid
        group = status.st_gid
    }

    /// Makes an empty file that belongs to whom the store belongs to.
    func make(_ file: String) throws(StoreError) {
        let descriptor = open(file, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, Self.ownersAlone)
        guard descriptor >= 0 else { throw Self.problem("cannot be made", file) }
        defer { close(descriptor) }
        guard fchown(descriptor, owner, group) == 0, fchmod(descriptor, mode) == 0 else {
            throw Self.problem("cannot be given to the store's owner", file)
        }
    }

    /// Whom a process was, and is again.
    struct FormerUser {
        fileprivate let isRoot: Bool

        func end() {
            guard isRoot else { return }
            seteuid(0)
            setegid(0)
        }
    }

    /// Goes on as the store's owner if this process is root: whatever that user put into the folder, links too, leads root
    /// nowhere.
    func becomeOwner() throws(StoreError) -> FormerUser {
        guard geteuid() == 0, owner != 0 else { return FormerUser(isRoot: false) }
        guard setegid(group) == 0, seteuid(owner) == 0 else {
            throw Self.problem("has an owner that root cannot be", path)
        }
        return FormerUser(isRoot: true)
    }

    /// Puts a whole file into the store's place, in one step.
    ///
    /// The companions of the file before go aside first: SQLite would write what they hold into the new file. If the step
    /// fails they come back. A process that dies in between leaves the old store without its last commits; the marker
    /// remembers those, so it is held.
    func publish(_ file: String) throws {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw Self.problem("cannot be read back", file) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Self.problem("cannot be put on the disk", file) }
        let folder = StoreFile.folder(of: path)
        let companions = ["-wal", "-shm", "-journal"].map { path + $0 }
        do {
            for companion in companions {
                guard rename(companion, companion + Self.aside) == 0 || errno == ENOENT else {
                    throw Self.problem("cannot be put aside", companion)
                }
            }
            try StoreFile.syncFolder(folder)
            guard rename(file, path) == 0 else { throw Self.problem("cannot be replaced", path) }
        } catch {
            for companion in companions { rename(companion + Self.aside, companion) }
            throw error
        }
        for companion in companions { unlink(companion + Self.aside) }
        try StoreFile.syncFolder(folder)
    }

    private static func problem(_ what: String, _ path: String) -> StoreError {
        StoreError(.cannotWrite, "\(path) \(what): \(errorText(errno)).")
    }
}
