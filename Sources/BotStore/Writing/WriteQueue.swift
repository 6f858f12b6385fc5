import BotCore
import NIOConcurrencyHelpers

/// Carries jobs from any task to the writer's thread.
final class WriteQueue: Sendable {
    /// So many share a commit at most: a bound on how long the first of them waits for the others.
    static let mostJobsInBatch = 64

    private struct State {
        var waiting: [WriteJob] = []
        var isClosing = false
        var hasEnded = false
        var failure: StoreError?
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = NIOLockedValueBox(State())
    /// True when the thread should look. Never held while anything else is done.
    private let bell = ConditionLock(value: false)
    private let failures: AsyncStream<StoreError>.Continuation

    init(failures: AsyncStream<StoreError>.Continuation) {
        self.failures = failures
    }

    // MARK: From any task

    /// Takes a job; one that comes too late fails at once.
    func add(_ job: WriteJob) {
        let refusal: StoreError? = state.withLockedValue { state in
            if let failure = state.failure { return failure }
            if state.isClosing { return .storeIsClosed }
            state.waiting.append(job)
            return nil
        }
        if let refusal { job.fail(refusal) } else { ring() }
    }

    /// Lets the thread end after what waits. `waiter` is resumed when the file is closed, at once if it is already.
    func close(_ waiter: CheckedContinuation<Void, Never>?) {
        let hasEnded = state.withLockedValue { state in
            state.isClosing = true
            if !state.hasEnded, let waiter { state.closers.append(waiter) }
            return state.hasEnded
        }
        if hasEnded { waiter?.resume() } else { ring() }
    }

    /// Ends all writing, for good: what waits fails with this, and so does all that comes.
    func fail(_ error: StoreError) {
        let (isFirst, dropped) = state.withLockedValue { state in
            defer { state.waiting = [] }
            let isFirst = state.failure == nil
            if isFirst { state.failure = error }
            return (isFirst, state.waiting)
        }
        if isFirst { failures.yield(error) }
        for job in dropped { job.fail(error) }
    }

    var isClosing: Bool { state.withLockedValue { $0.isClosing } }
    var waitingJobs: Int { state.withLockedValue { $0.waiting.count } }

    // MARK: From the thread

    /// Waits for jobs and takes those that are there; nil when there will be none any more.
    func take() -> [WriteJob]? {
        while true {
            bell.lock(whenValue: true)
            bell.unlock(withValue: false)
            let (jobs, isClosing) = state.withLockedValue { state in
                let jobs = Array(state.waiting.prefix(Self.mostJobsInBatch))
                state.waiting.removeFirst(jobs.count)
                return (jobs, state.isClosing)
            }
            if jobs.isEmpty, !isClosing { continue }
            // There may be more, or the end to come.
            ring()
            return jobs.isEmpty ? nil : jobs
        }
    }

    /// Why nothing may be written any more, if so.
    var failure: StoreError? { state.withLockedValue { $0.failure } }

    /// After the file was closed: lets go of everyone who waits for that.
    func end() {
        let closers = state.withLockedValue { state in
            state.hasEnded = true
            defer { state.closers = [] }
            return state.closers
        }
        failures.finish()
        for closer in closers { closer.resume() }
    }

    private func ring() {
        bell.lock()
        bell.unlock(withValue: true)
    }
}
