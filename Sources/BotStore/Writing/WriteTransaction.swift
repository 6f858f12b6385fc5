import BotCore
import CrashPoints

/// Runs several jobs in one transaction. It is used once.
///
/// The jobs run one after the other with nothing between them, because a savepoint for each would cost a copy of every
/// page that it touches. If one of them fails after it had written, everything is undone and they run again, each in a
/// savepoint of its own: the others must not see what it did.
final class WriteTransaction {
    private static let savepoint = Query("SAVEPOINT job")
    private static let rollBack = Query("ROLLBACK TO job")
    private static let release = Query("RELEASE job")

    /// The number of jobs that were run, from the first on.
    private(set) var jobsTaken = 0
    /// The values that one job hands to the next. A job that fails hands over nothing, because what it did is undone.
    private var known = Statements.Known()
    private let connection: any StoreConnection
    private var failed: [(job: WriteJob, error: any Error)] = []
    private var done: [(job: WriteJob, answer: @Sendable () -> Void)] = []
    private var whenStored: [@Sendable () -> Void] = []

    /// Whether the history grew, and, in ``addsIntent``, whether a request is going to leave.
    private(set) var growsHistory = false
    private(set) var addsIntent = false

    /// The reason why nothing of a transaction was stored, or why it is not known whether it was.
    struct Loss {
        let error: StoreError
        /// Whether nothing may be written after it.
        let endsWriting: Bool
    }

    init(_ connection: any StoreConnection) { self.connection = connection }

    /// Runs the jobs and commits. No caller is answered yet.
    /// - Parameters:
    ///   - fence: the fence that the store must have.
    ///   - lost: the error for the callers if the store has another fence.
    /// - Returns: nil if the transaction is on the disk.
    func run(_ jobs: ArraySlice<WriteJob>, fence: Int, otherwise lost: StoreError) -> Loss? {
        var isCommitting = false
        do {
            try begin(fence, otherwise: lost)
            if try !runTogether(jobs) {
                try connection.rollBack()
                // A single job leaves nothing to run again.
                if jobs.count == 1 { return nil }
                forget()
                try begin(fence, otherwise: lost)
                try runApart(jobs)
            }
            isCommitting = true
            CrashPoint.commitBegins.pass()
            try connection.commit()
            CrashPoint.commitDone.pass()
            return nil
        } catch {
            if jobsTaken == 0 {
                // To try the jobs again would only fail again, so all of them get the error.
                jobsTaken = jobs.count
                failed = jobs.map { ($0, error) }
            }
            return loss(error, isCommitting: isCommitting)
        }
    }

    /// The error as people read it.
    private static func text(_ error: any Error) -> String { "\((error as? ConnectionFailure)?.error ?? error)" }

    private func loss(_ error: any Error, isCommitting: Bool) -> Loss {
        do {
            try connection.rollBack()
        } catch let rollback {
            // The transaction can neither be committed nor rolled back, so nothing may be written after it.
            let failed = StoreError(
                isCommitting ? .outcomeUnknown : .cannotWrite,
                "The store failed, and so did undoing what it had begun (\(Self.text(rollback)); before: "
                    + "\(Self.text(error))). Check the disk, "
                    + "then start clusterbot again: it finds out what was stored."
            )
            return Loss(error: failed, endsWriting: true)
        }
        switch error {
        case let error as StoreError: return Loss(error: error, endsWriting: error.code == .fenced)
        case let failure as ConnectionFailure: return Loss(error: failure.error, endsWriting: failure.endsWriting)
        default:
            let failed = StoreError(.cannotWrite, "The store failed (\(error)). Nothing was stored.")
            return Loss(error: failed, endsWriting: false)
        }
    }

    /// Answers every caller, after the commit and outside of the transaction. A job's failure may stem from what
    /// another job of the transaction did, so it is told only if that was stored.
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

    private func begin(_ fence: Int, otherwise lost: StoreError) throws {
        try connection.begin()
        let reader = RowReader(connection)
        let found = try? reader.fence()
        // The connection's error is better than `lost`: it says whether anything may be written after it.
        if let failure = reader.statements.failure { throw failure }
        guard found == fence else { throw lost }
    }

    /// - Returns: false if a job failed that had written before.
    /// - Throws: when the whole transaction is lost with it.
    private func runTogether(_ jobs: ArraySlice<WriteJob>) throws -> Bool {
        for job in jobs {
            let before = connection.changedRows
            let isDone = try run(job)
            if !isDone, connection.changedRows != before { return false }
        }
        return true
    }

    private func runApart(_ jobs: ArraySlice<WriteJob>) throws {
        for job in jobs {
            try connection.execute(Self.savepoint, [])
            if try !run(job) { try connection.execute(Self.rollBack, []) }
            try connection.execute(Self.release, [])
        }
    }

    /// Runs one job. Returns whether it succeeded; what a failed one wrote is still there.
    /// - Throws: when the whole transaction is lost with it.
    private func run(_ job: WriteJob) throws -> Bool {
        jobsTaken += 1
        let statements = Statements(connection)
        statements.known = known
        known = Statements.Known()
        do {
            let answer = try job.run(RowWriter(statements))
            // A closure that caught a disk error must not count as done.
            if let failure = statements.failure { throw failure }
            done.append((job, answer))
            known = statements.known
            whenStored += statements.whenStored
            growsHistory = growsHistory || statements.growsHistory
            addsIntent = addsIntent || statements.addsIntent
            return true
        } catch {
            failed.append((job, (error as? ConnectionFailure)?.error ?? error))
            if let failure = statements.failure, failure.endsWriting || !connection.isInTransaction { throw failure }
            return false
        }
    }

    /// Goes back to the state before the first job.
    private func forget() {
        jobsTaken = 0
        known = Statements.Known()
        (failed, done, whenStored) = ([], [], [])
        (growsHistory, addsIntent) = (false, false)
    }
}
