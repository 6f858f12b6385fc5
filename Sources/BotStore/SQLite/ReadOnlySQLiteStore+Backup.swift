import BotCore
import CrashPoints
import GRDB
import Glibc

extension ReadOnlySQLiteStore {
    /// Copies a snapshot of the store into a new file. The copy is checked, and durable before the file gets its name.
    /// It works beside a running service, which can write meanwhile.
    /// - Throws: ``StoreError/Code/cannotWrite`` if the file exists or cannot be written; ``StoreError/Code/corrupt``
    ///   if the copy is damaged.
    package func backUp(to path: String) async throws {
        guard access(path, F_OK) != 0 else {
            throw StoreError(.cannotWrite, "\(path) exists already. Name a file that does not.")
        }
        let unfinished = path + ".unfinished"
        unlink(unfinished)
        do {
            try await copy(to: unfinished)
            CrashPoint.backupCopied.pass()
            try await Self.check(unfinished)
            CrashPoint.backupChecked.pass()
            try Self.publish(unfinished, as: path)
            CrashPoint.backupNamed.pass()
        } catch {
            unlink(unfinished)
            throw error
        }
    }

    private func copy(to path: String) async throws {
        // The file is made beforehand with its permissions, so that nobody else can read it even for a moment.
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.problem("cannot be made", path) }
        Glibc.close(descriptor)
        try await vacuum(into: path)
    }

    /// Checks a copy: SQLite's own structures, and the chain of its history.
    static func check(_ path: String) async throws {
        let copy = try ReadOnlySQLiteStore(path: path)
        let damage = try await copy.damage()
        guard damage.isEmpty else {
            throw StoreError(.corrupt, "The copy is damaged: \(damage.joined(separator: "; ")). Check the disk.")
        }
        if case .broken(let seq, let reason) = try await HistoryVerifier(copy).verify() {
            throw StoreError(
                .corrupt,
                "History entry \(seq) does not fit in the copy: \(reason). Restore a backup from before."
            )
        }
    }

    private static func publish(_ unfinished: String, as path: String) throws {
        let descriptor = open(unfinished, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem("cannot be read back", unfinished) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw problem("cannot be put on the disk", unfinished) }
        // Unlike `rename`, it does not replace a file that came into being meanwhile.
        guard link(unfinished, path) == 0 else { throw problem("cannot be made", path) }
        unlink(unfinished)
        let slash = path.lastIndex(of: "/")
        let folder = open(slash.map { String(path[...$0]) } ?? ".", O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        Glibc.close(folder)
    }

    private static func problem(_ what: String, _ path: String) -> StoreError {
        StoreError(
            .cannotWrite,
            "\(path) \(what): \(errorText(errno)). Name a file on a local disk with room for it, in a folder that this user may "
                + "write to."
        )
    }
}
