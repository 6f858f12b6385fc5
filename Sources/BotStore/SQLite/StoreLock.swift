import BotCore
import Glibc
import NIOConcurrencyHelpers

/// Holds the file beside the store that keeps a second process out. The system lets go of it when the process dies.
final class StoreLock: Sendable {
    /// The descriptor of the lock file; nil once the lock was released.
    private let descriptor: NIOLockedValueBox<Int32?>
    private let path: String

    /// - Throws: ``StoreError/Code/inUse`` if another process holds it.
    init(beside path: String) throws(StoreError) {
        let file = path + ".lock"
        // Not inherited by child processes, which would otherwise keep it held.
        let descriptor = StoreFile.openCompanion(file, O_RDWR | O_CREAT)
        guard descriptor >= 0 else {
            throw StoreError(
                .cannotOpen,
                "The lock file \(file) cannot be opened: \(StoreFile.companionProblem(errno))"
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let holder = Self.text(in: descriptor)
            Glibc.close(descriptor)
            guard reason == EWOULDBLOCK else {
                throw StoreError(.cannotOpen, "The lock file \(file) cannot be locked: \(errorSentence(reason))")
            }
            let name = Int(holder).map { "another clusterbot (pid \($0))" } ?? "another process"
            throw StoreError(.inUse, "\(path) is in use: \(name) has it open. Stop it first, or name another store.")
        }
        // The pid is only for the message above; the lock does not depend on it.
        let own = "\(getpid())\n"
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, own, own.utf8.count, 0) }
        self.descriptor = NIOLockedValueBox(descriptor)
        self.path = file
    }

    deinit { release() }

    /// Whether the lock is held, and its file is still the one that another process would lock: somebody may have
    /// removed it.
    var isHeld: Bool {
        descriptor.withLockedValue { descriptor in
            guard let descriptor else { return false }
            var (mine, theirs) = (stat(), stat())
            return fstat(descriptor, &mine) == 0 && stat(path, &theirs) == 0 && mine.st_ino == theirs.st_ino
                && mine.st_dev == theirs.st_dev
        }
    }

    /// Lets another process open the store. The lock file stays: removing it could take away somebody else's lock.
    func release() {
        let held = descriptor.withLockedValue { descriptor in
            defer { descriptor = nil }
            return descriptor
        }
        if let held { Glibc.close(held) }
    }

    private static func text(in descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
