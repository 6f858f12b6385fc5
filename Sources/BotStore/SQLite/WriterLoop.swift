import BotCore
import CrashPoints
import GRDB

/// The one thread that writes: takes what waits, commits it together, then tells each caller.
final class WriterLoop {
    /// When the log has grown by so many pages it is copied into the file. SQLite's own default.
    private static let pagesBetweenCheckpoints = 1000

    private let queue: WriteQueue
    private let pool: DatabasePool
    private let file: StoreFile
    private let lock: StoreLock
    private let marker: StoreMarker
    private let fence: Int
    private let log = WriteAheadLog()
    private var pagesAtCheckpoint = 0
    /// While it is open.
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

    /// Returns after `WriteQueue.close`, with every job answered and the file closed.
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

    /// Answers every job. Returns why nothing may be written any more, if so.
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
        // More than one turn only where SQLite gave up a transaction halfway, for a full disk.
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

    /// Lets the marker follow what was committed, before anybody hears of it.
    private func mark(_ transaction: WriteTransaction, _ connection: SQLiteStoreConnection) -> WriteTransaction.Loss? {
        guard transaction.growsHistory || transaction.addsIntent else { return nil }
        guard let head = try? RowReader(connection).historyHead(),
            marker.remember(head, isSynced: transaction.addsIntent)
        else { return .init(error: StoreOwnership.markerFailed, endsWriting: true) }
        CrashPoint.commitMarked.pass()
        return nil
    }

    private func checkpointIfDue() -> StoreError? {
        // The log begins anew once all of it is in the file, and grows on where a reader stood in the way.
        if log.pages < pagesAtCheckpoint { pagesAtCheckpoint = 0 }
        guard log.pages - pagesAtCheckpoint >= Self.pagesBetweenCheckpoints else { return nil }
        pagesAtCheckpoint = log.pages
        return pool.writeWithoutTransaction { db in Self.checkpoint(db, .passive) }
    }

    /// A reader in the way or a full disk only mean that the log stays for longer; anything else is the end of writing.
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
        // Readers first, so that the writer is the last and SQLite removes the emptied log.
        pool.releaseMemory()
        if queue.failure == nil, let failure = pool.writeWithoutTransaction({ Self.checkpoint($0, .truncate) }) {
            queue.fail(failure)
        }
        // What cannot be closed is closed with the process; the log keeps what was committed.
        try? pool.close()
        lock.release()
    }
}
