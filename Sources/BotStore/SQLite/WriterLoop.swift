import BotCore
import CrashPoints
import GRDB

/// Runs on the one thread that writes: takes the jobs that wait, commits them together, then answers each caller.
final class WriterLoop {
    /// The growth of the log, in pages, after which a checkpoint copies it into the file. It is SQLite's own default.
    private static let pagesBetweenCheckpoints = 1000

    private let queue: WriteQueue
    private let pool: DatabasePool
    private let file: StoreFile
    private let lock: StoreLock
    private let marker: StoreMarker
    private let fence: Int
    private let log = WriteAheadLog()
    private var pagesAtCheckpoint = 0
    /// The connection, while it is open.
    private var connection: SQLiteStoreConnection?

    init(
        queue: WriteQueue,
        pool: DatabasePool,
        file: StoreFile,
        lock: StoreLock,
        marker: StoreMarker,
        fence: Int
    ) {
        self.queue = queue
        self.pool = pool
        self.file = file
        self.lock = lock
        self.marker = marker
        self.fence = fence
    }

    /// Works until ``WriteQueue/close(_:)``. Returns with every job answered and the file closed.
    func run() {
        pool.writeWithoutTransaction { db in log.follow(db) }
        while let jobs = queue.take() {
            if let failure = queue.failure {
                for job in jobs { job.fail(failure) }
            } else if let failure = write(jobs[...]) {
                queue.fail(failure)
            }
        }
        close()
        queue.end()
    }

    /// Runs and answers every job. Returns the error after which nothing may be written any more; nil if there is none.
    private func write(_ jobs: ArraySlice<WriteJob>) -> StoreError? {
        guard file.isInPlace else {
            let failure = StoreError(
                .cannotWrite,
                "\(file.path) was removed or replaced while clusterbot had it open. Put the file back as it was, then start "
                    + "clusterbot again."
            )
            for job in jobs { job.fail(failure) }
            return failure
        }
        var rest = jobs
        // A second round is needed only where SQLite gave a transaction up halfway, for a full disk.
        while !rest.isEmpty {
            let (transaction, end) = pool.writeWithoutTransaction { db in
                let connection = self.connection ?? SQLiteStoreConnection(db, isLasting: true)
                self.connection = connection
                let transaction = WriteTransaction(connection)
                let end =
                    transaction.run(rest, fence: fence, otherwise: StoreOwnership.fenced(file.path))
                    ?? mark(transaction, connection)
                return (transaction, end)
            }
            transaction.answer(end)
            rest = rest.dropFirst(transaction.jobsTaken)
            if let end, end.endsWriting {
                for job in rest { job.fail(end.error) }
                return end.error
            }
        }
        return checkpointIfDue()
    }

    /// Writes the marker after a commit, before a caller is answered.
    private func mark(_ transaction: WriteTransaction, _ connection: SQLiteStoreConnection) -> WriteTransaction.Loss? {
        guard transaction.growsHistory || transaction.addsIntent else { return nil }
        guard let head = try? RowReader(connection).historyHead(),
            marker.remember(head, isSynced: transaction.addsIntent)
        else { return .init(error: StoreOwnership.markerFailed, endsWriting: true) }
        CrashPoint.commitMarked.pass()
        return nil
    }

    private func checkpointIfDue() -> StoreError? {
        // The log begins anew once all of it is in the file. Where a reader was in the way, it grows on.
        if log.pages < pagesAtCheckpoint { pagesAtCheckpoint = 0 }
        guard log.pages - pagesAtCheckpoint >= Self.pagesBetweenCheckpoints else { return nil }
        pagesAtCheckpoint = log.pages
        return pool.writeWithoutTransaction { db in Self.checkpoint(db, .passive) }
    }

    /// Runs a checkpoint. If a reader is in the way or the disk is full, the log only stays for longer. Returns an
    /// error that ends all writing; nil for others.
    private static func checkpoint(_ db: Database, _ kind: Database.CheckpointMode) -> StoreError? {
        do {
            CrashPoint.checkpointBegins.pass()
            try db.checkpoint(kind)
            CrashPoint.checkpointDone.pass()
            return nil
        } catch let error as DatabaseError where error.endsWriting {
            return StoreError(error)
        } catch {
            return nil
        }
    }

    private func close() {
        connection = nil
        // Readers are closed first: then the writer is the last connection, and SQLite removes the emptied log.
        pool.releaseMemory()
        if queue.failure == nil, let failure = pool.writeWithoutTransaction({ Self.checkpoint($0, .truncate) }) {
            queue.fail(failure)
        }
        // If closing fails, the process's end closes it; the log keeps what was committed.
        try? pool.close()
        lock.release()
    }
}
