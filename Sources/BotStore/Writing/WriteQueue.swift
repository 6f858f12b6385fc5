import BotCore
import NIOConcurrencyHelpers

/// Carries jobs from any task to the writer's thread.
final class WriteQueue: Sendable {
    /// The most jobs that share a commit. It bounds how long the first of them waits for the others: some milliseconds.
    /// Many together touch far fewer pages than one by one; but if all senders were in one batch, they and the writer
    /// would wait for each other in turn.
    static let mostJobsInBatch = 128

    private struct State {
        var waiting: [WriteJob] = []
        /// Whether the thread found nothing to do and waits for the bell.
        var isIdle = false
        var isClosing = false
        var hasEnded = false
        var failure: StoreError?
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = NIOLockedValueBox(State())
    /// Wakes the idle thread; true when it should look. It is never held while anything else is done.
    private let bell = ConditionLock(value: false)
    private let failures: AsyncStream<StoreError>.Continuation

    init(failures: AsyncStream<StoreError>.Continuation) {
        self.failures = failures
    }

    // MARK: From any task

    /// Adds a job. After a failure or the closing the job fails at once.
    func add(_ job: WriteJob) {
        let (refusal, wasIdle): (StoreError?, Bool) = state.withLockedValue { state in
            if let failure = state.failure { return (failure, false) }
            if state.isClosing { return (.storeIsClosed, false) }
            state.waiting.append(job)
            defer { state.isIdle = false }
            return (nil, state.isIdle)
        }
        if let refusal { job.fail(refusal) } else if wasIdle { ring() }
    }

    /// Lets the thread end after the jobs that wait. `waiter` is resumed when the file is closed, at once if it is
    /// already.
    func close(_ waiter: CheckedContinuation<Void, Never>?) {
        let hasEnded = state.withLockedValue { state in
            state.isClosing = true
            if !state.hasEnded, let waiter { state.closers.append(waiter) }
            return state.hasEnded
        }
        // The thread is rung for even if it is not idle: a ring too many only makes it look once more.
        if hasEnded { waiter?.resume() } else { ring() }
    }

    /// Ends all writing for good: the jobs that wait fail with this error, and so do all later ones.
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

    /// Waits for jobs and takes those that wait, up to a batch; nil when there will be no more.
    func take() -> [WriteJob]? {
        while true {
            let (jobs, isClosing) = state.withLockedValue { state in
                let jobs = Array(state.waiting.prefix(Self.mostJobsInBatch))
                state.waiting.removeFirst(jobs.count)
                state.isIdle = jobs.isEmpty
                return (jobs, state.isClosing)
            }
            if !jobs.isEmpty { return jobs }
            if isClosing { return nil }
            bell.lock(whenValue: true)
            bell.unlock(withValue: false)
        }
    }

    /// The error after which nothing may be written any more; nil if there is none.
    var failure: StoreError? { state.withLockedValue { $0.failure } }

    /// Resumes everybody who waits for the closing, after the file was closed.
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
