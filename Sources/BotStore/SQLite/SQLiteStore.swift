import BotCore
import Foundation
import GRDB

/// The store on one SQLite file: one writing connection on a thread of its own, and a few reading ones.
///
/// One process at a time may have it open. Transactions that wait when the writer is free share one commit, and every
/// commit is on the disk before a caller is answered. Call ``close()`` before leaving the process.
package final class SQLiteStore: BotStore, Sendable {
    /// The path of the file, absolute and without symbolic links.
    package let path: String
    /// Yields at most one error, after which nothing is written any more, and ends when the store is closed. The
    /// process must be ended then: after a failed write or sync it is not known what is on the disk, and only a fresh
    /// start finds out.
    package let failure: AsyncStream<StoreError>

    /// The free bytes on its disk below which nothing is sent: the outcome of a sending must find room.
    package static let bytesOfRoom = 64 << 20

    private let pool: DatabasePool
    private let queue: WriteQueue
    private let lock: StoreLock
    private let room: DiskRoom
    private let file: StoreFile

    /// Opens the store, creates the file if it is missing, readable for its owner only, and brings its tables up to
    /// date. Blocks meanwhile; it is meant for the start of the process.
    /// - Parameter trustsOwners: whether file and folder may belong to any user: for commands of root, beside a service that
    ///   is another user.
    /// - Throws: ``StoreError/Code/inUse`` if another process has it open, ``StoreError/Code/cannotOpen`` if the file is
    ///   not a clusterbot store, was written by a newer clusterbot, or does not take the settings that make it durable.
    package init(path: String, trustsOwners: Bool = false) throws(StoreError) {
        let file = try StoreFile(creating: path, trustsOwners: trustsOwners)
        let lock = try StoreLock(beside: file.path)
        let pool = try StoreOpening.openForWriting(file.path)
        let marker = try StoreMarker(beside: file.path)
        let fence = try StoreOwnership.take(pool, marker, file)
        let (failure, failures) = AsyncStream.makeStream(of: StoreError.self, bufferingPolicy: .bufferingOldest(1))
        let queue = WriteQueue(failures: failures)
        self.path = file.path
        self.failure = failure
        self.pool = pool
        self.queue = queue
        self.lock = lock
        self.file = file
        room = DiskRoom(on: file, bytes: Self.bytesOfRoom)
        let thread = Thread {
            WriterLoop(queue: queue, pool: pool, file: file, lock: lock, marker: marker, fence: fence).run()
        }
        thread.name = "store"
        thread.start()
    }

    /// Returns why `serve` would refuse the store at a path because of who else can write there; nil if it would not.
    package static func openToOthers(_ path: String) -> String? { StoreFile.openToOthers(path) }

    /// Returns the folder of a path.
    package static func folder(of path: String) -> String { StoreFile.folder(of: path) }

    /// Without ``close()`` the thread still writes what waits, and ends; only nobody waits for it.
    deinit {
        queue.close(nil)
    }

    /// See ``BotStore``. The transaction happens whether or not the calling task is cancelled meanwhile.
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { caller in write(body) { caller.resume(with: $0) } }
    }

    /// See ``BotStore``. `answer` is called on the writer's thread, without a task in between.
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result,
        answer: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
    ) {
        queue.add(WriteJob(body, answer: answer))
    }

    /// See ``BotStore``. A read sees everything whose `write` has returned. Throws `CancellationError` in a cancelled
    /// task.
    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        try await reading { try body(RowReader(SQLiteStoreConnection($0))) }
    }

    /// See ``BotStore``.
    package var isOwned: Bool { queue.failure == nil && lock.isHeld }

    /// See ``BotStore``. It runs SQLite's quick check. `doctor` and backups run the full one, but a start must not take
    /// minutes.
    package func check() async throws -> Bool {
        do {
            let damage = try await pool.read { try StoreOpening.damage($0, isQuick: true) }
            guard let first = damage.first else { return true }
            queue.fail(.damaged(first))
        } catch let error as DatabaseError {
            // An error such as a missing file descriptor for one more connection says nothing about the file.
            guard error.endsWriting else { throw StoreError(error) }
            queue.fail(StoreError(error))
        }
        return false
    }

    /// See ``BotStore``. The room is 64 MiB. A disk that cannot be asked counts as having room.
    package var canStoreOutcomes: Bool { room.isThere }

    /// The bytes that are free on the store's disk; nil if it cannot be asked.
    package var freeBytes: Int? { file.freeBytes }

    /// The number of transactions that wait for the writer now.
    package var waitingWrites: Int { queue.waitingJobs }

    /// Writes what waits, empties the write-ahead log into the file, closes it and lets go of the lock. Later calls of
    /// `write` and `read` throw ``StoreError/Code/closed``. May be called more than once.
    package func close() async {
        await withCheckedContinuation { queue.close($0) }
    }

    private func reading<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        guard !queue.isClosing else { throw StoreError.storeIsClosed }
        do {
            return try await pool.read(body)
        } catch let error as DatabaseError {
            let failure = StoreError(error)
            if failure.code == .corrupt { queue.fail(failure) }
            throw failure
        }
    }
}

extension SQLiteStore: SQLiteInspection {
    package func storedHistory(after seq: Int, limit: Int) async throws -> [StoredEntry] {
        try await reading { try RowReader(SQLiteStoreConnection($0)).storedHistory(after: seq, limit: limit) }
    }

    package func damage() async throws -> [String] {
        try await reading { try StoreOpening.damage($0, isQuick: false) }
    }
}
