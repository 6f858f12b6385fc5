import BotCore
import CrashPoints
import GRDB

/// One transaction for several jobs. Used once.
///
/// They run one after the other with nothing between them, because a savepoint for each costs a copy of every page that it
/// touches. Where one of them fails after it had written, all is undone and they run again, each in a savepoint of its own:
/// the others must not see what it did.
final class WriteTransaction {
    private static let savepoint = Query("SAVEPOINT job")
    private static let rollBack = Query("ROLLBACK TO job")
    private static let release = Query("RELEASE job")

    /// How many of the jobs were run in it, from the first on.
    private(set) var jobsTaken = 0
    /// From one job to the next, as long as none fails: what was undone is known to nobody.
    private var known = Statements.Known()
    private let prepared: PreparedStatements
    private var failed: [(job: WriteJob, error: any Error)] = []
    private var done: [(job: WriteJob, answer: @Sendable () -> Void)] = []
    private var whenStored: [@Sendable () -> Void] = []

    /// Whether the history grew, and whether a request is going to leave because of it.
    private(set) var growsHistory = false
    private(set) var addsIntent = false

    /// Why nothing of a transaction was stored, or nobody knows whether it was.
    struct Loss {
        let error: StoreError
        /// Whether nothing may follow it.
        let endsWriting: Bool
    }

    init(_ prepared: PreparedStatements) { self.prepared = prepared }

    /// Runs the jobs and commits. Nobody is told anything yet.
    /// - Parameter fence: what the store's must be; see ``StoreOwnership``.
    /// - Returns: nil if it is on the disk.
    func run(_ jobs: ArraySlice<WriteJob>, in db: Database, fence: Int, path: String) -> Loss? {
        var isCommitting = false
        do {
            try begin(in: db, fence: fence, path: path)
            if try !runTogether(jobs, in: db) {
                try db.rollback()
                // Alone, it leaves nothing to run again.
                if jobs.count == 1 { return nil }
                forget()
                try begin(in: db, fence: fence, path: path)
                try runApart(jobs, in: db)
            }
            isCommitting = true
            CrashPoint.commitBegins.pass()
            try db.cachedStatement(sql: "COMMIT").execute()
            CrashPoint.commitDone.pass()
            return nil
        } catch {
            if jobsTaken == 0 {
                // Trying them again would only fail again: all of them hear of it.
                jobsTaken = jobs.count
                failed = jobs.map { ($0, error) }
            }
            return loss(error, isCommitting: isCommitting, in: db)
        }
    }

    private func loss(_ error: any Error, isCommitting: Bool, in db: Database) -> Loss {
        do {
            try db.rollback()
        } catch let rollback {
            // A transaction that can neither be committed nor rolled back: nothing may follow it.
            let cause = DatabaseError(
                resultCode: .SQLITE_IOERR,
                message: "rollback failed: \(rollback); before: \(error)"
            )
            return Loss(error: StoreError(cause, whileCommitting: isCommitting), endsWriting: true)
        }
        if let error = error as? StoreError { return Loss(error: error, endsWriting: error.code == .fenced) }
        let cause = error as? DatabaseError ?? DatabaseError(resultCode: .SQLITE_INTERNAL, message: "\(error)")
        return Loss(error: StoreError(cause, whileCommitting: isCommitting), endsWriting: cause.endsWriting)
    }

    /// Tells every caller what came of it. Only after the commit, and outside of everything: a failure may stem from what
    /// another job of the transaction did, so it counts only if that was stored.
    func answer(_ loss: Loss?) {
        guard let error = loss?.error else {
            for effect in whenStored { effect() }
            for (_, answer) in done { answer() }
            for (job, error) in failed { job.fail(error) }
            return
        }
        for (job, _) in done { job.fail(error) }
        for (job, _) in failed { job.fail(error) }
    }

    private func begin(in db: Database, fence: Int, path: String) throws {
        try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
        let reader = SQLiteReader(db, prepared)
        let found = try? reader.fence()
        // Of this error it is known whether anything may follow it.
        if let failure = reader.statements.failure { throw failure }
        guard found == fence else { throw StoreOwnership.fenced(path) }
    }

    /// - Returns: false if a job failed that had written before.
    /// - Throws: when the whole transaction is lost with it.
    private func runTogether(_ jobs: ArraySlice<WriteJob>, in db: Database) throws -> Bool {
        for job in jobs {
            let before = db.totalChangesCount
            let isDone = try run(job, in: db)
            if !isDone, db.totalChangesCount != before { return false }
        }
        return true
    }

    private func runApart(_ jobs: ArraySlice<WriteJob>, in db: Database) throws {
        let control = Statements(db, prepared)
        for job in jobs {
            try control.control(Self.savepoint)
            if try !run(job, in: db) { try control.control(Self.rollBack) }
            try control.control(Self.release)
        }
    }

    /// Whether the job is done; what a failed one wrote is still there.
    /// - Throws: when the whole transaction is lost with it.
    private func run(_ job: WriteJob, in db: Database) throws -> Bool {
        jobsTaken += 1
        let statements = Statements(db, prepared)
        statements.known = known
        known = Statements.Known()
        do {
            let answer = try job.run(SQLiteWriter(statements))
            // A closure that swallowed a disk error must not count as done.
            if let failure = statements.failure { throw failure }
            done.append((job, answer))
            known = statements.known
            whenStored += statements.whenStored
            growsHistory = growsHistory || statements.growsHistory
            addsIntent = addsIntent || statements.addsIntent
            return true
        } catch {
            failed.append((job, (error as? DatabaseError).map { StoreError($0) } ?? error))
            if let failure = statements.failure, failure.endsWriting || !db.isInsideTransaction { throw failure }
            return false
        }
    }

    /// As before the first job.
    private func forget() {
        jobsTaken = 0
        known = Statements.Known()
        (failed, done, whenStored) = ([], [], [])
        (growsHistory, addsIntent) = (false, false)
    }
}
