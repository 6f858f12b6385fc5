import BotCore
import GRDB

/// One transaction for several jobs, each in a savepoint of its own. Used once.
final class WriteTransaction {
    /// How many of the jobs were run in it, from the first on.
    private(set) var jobsTaken = 0
    private var failed: [(job: WriteJob, error: any Error)] = []
    private var done: [(job: WriteJob, answer: @Sendable () -> Void)] = []

    /// Runs the jobs and commits. Nobody is told anything yet.
    /// - Returns: why nothing of it was stored; nil if it is on the disk.
    func run(_ jobs: ArraySlice<WriteJob>, in db: Database) -> DatabaseError? {
        do {
            try begin(jobs, in: db)
            for job in jobs {
                jobsTaken += 1
                try run(job, in: db)
            }
            try db.cachedStatement(sql: "COMMIT").execute()
            return nil
        } catch {
            let cause = error as? DatabaseError ?? DatabaseError(resultCode: .SQLITE_INTERNAL, message: "\(error)")
            do {
                try db.rollback()
                return cause
            } catch {
                // A transaction that can neither be committed nor rolled back: nothing may follow it.
                return DatabaseError(resultCode: .SQLITE_IOERR, message: "rollback failed: \(error); before: \(cause)")
            }
        }
    }

    /// Tells every caller what came of it. Only after the commit, and outside of everything: a failure may stem from what
    /// another job of the transaction did, so it counts only if that was stored.
    func answer(_ failure: DatabaseError?) {
        guard let failure else {
            for (_, answer) in done { answer() }
            for (job, error) in failed { job.fail(error) }
            return
        }
        let error = StoreError(failure)
        for (job, _) in done { job.fail(error) }
        for (job, _) in failed { job.fail(error) }
    }

    private func begin(_ jobs: ArraySlice<WriteJob>, in db: Database) throws {
        do {
            try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
        } catch {
            // Trying the others would only fail again: all of them hear of it.
            jobsTaken = jobs.count
            failed = jobs.map { ($0, error) }
            throw error
        }
    }

    /// - Throws: when the whole transaction is lost with it.
    private func run(_ job: WriteJob, in db: Database) throws {
        try db.cachedStatement(sql: "SAVEPOINT job").execute()
        let statements = Statements(db)
        do {
            let answer = try job.run(SQLiteWriter(statements))
            // A closure that swallowed a disk error must not count as done.
            if let failure = statements.failure { throw failure }
            done.append((job, answer))
        } catch {
            failed.append((job, (error as? DatabaseError).map { StoreError($0) } ?? error))
            if let failure = statements.failure, failure.endsWriting || !db.isInsideTransaction { throw failure }
            try db.cachedStatement(sql: "ROLLBACK TO job").execute()
        }
        try db.cachedStatement(sql: "RELEASE job").execute()
    }
}
