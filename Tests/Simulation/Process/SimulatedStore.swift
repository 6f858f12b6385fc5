import BotCore
import TestSupport

/// The store of one process: one writer at a time, what waits shares a commit, and the seed decides what goes wrong. What is
/// committed is on the world's ``Disk`` and outlives the process.
final class SimulatedStore: BotStore, @unchecked Sendable {
    /// One caller's transaction.
    private struct Job {
        let run: (any StoreWriter) throws -> () -> Void
        let fail: (any Error) -> Void
    }

    /// What a batch came to before its commit.
    private struct Batch {
        var done: [(job: Job, answer: () -> Void)] = []
        /// What one transaction refused counts only once the others are stored.
        var failed: [(job: Job, error: any Error)] = []
        var transactions: [Disk.Transaction] = []
        var effects: [@Sendable () -> Void] = []

        func answer() {
            for effect in effects { effect() }
            for (_, answer) in done { answer() }
            for (job, error) in failed { job.fail(error) }
        }

        func fail(_ error: any Error) {
            for (job, _) in done { job.fail(error) }
            for (job, _) in failed { job.fail(error) }
        }
    }

    /// Yields what ends the process; see `SQLiteStore.failure`.
    let failures: AsyncStream<StoreError>
    private let failing: AsyncStream<StoreError>.Continuation
    /// Nil after the end.
    private var life: Life?
    private let world: World
    private var waiting: [Job] = []
    private var isWriting = false
    private(set) var failure: StoreError?
    private let fence: Int
    private let number: Int

    private static let mostInBatch = 64
    private static let full = StoreError(.cannotWrite, "The store's disk is full: free some space. Nothing was stored.")
    private static let unreadable = StoreError(.cannotWrite, "Reading the store's disk failed.")
    private static let broken = StoreError(.outcomeUnknown, "Writing the store's disk failed in the commit.")
    private static let fenced = StoreError(.fenced, "Another process has opened the store.")

    init(of life: Life) {
        self.life = life
        world = life.world
        number = life.number
        fence = world.disk.open()
        (failures, failing) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1))
    }

    /// Nothing is written any more, and whoever waits hears of it.
    func end() {
        life = nil
        let dropped = waiting
        waiting = []
        for job in dropped { job.fail(Life.IsOver()) }
        failing.finish()
    }

    // MARK: BotStore

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result
    ) async throws -> Result {
        try await withUnsafeThrowingContinuation { (caller: UnsafeContinuation<Result, any Error>) in
            add(
                Job { writer in
                    let result = try body(writer)
                    return { caller.resume(returning: result) }
                } fail: {
                    caller.resume(throwing: $0)
                }
            )
        }
    }

    var isOwned: Bool { life != nil && failure == nil && world.disk.state.fence == fence }

    func read<Result: Sendable>(_ body: @escaping @Sendable (any StoreReader) throws -> Result) async throws -> Result {
        guard let life else { throw Life.IsOver() }
        try life.check()
        try Task.checkCancellation()
        if world.happens(.storeReadSlow) {
            try await life.wait(world.random.between(1, 3000).milliseconds)
        }
        if world.happens(.storeReadFails) { throw Self.unreadable }
        return try body(MemoryReader(world.disk.state))
    }

    // MARK: Writing

    private func add(_ job: Job) {
        if let failure { return job.fail(failure) }
        guard life != nil else { return job.fail(Life.IsOver()) }
        waiting.append(job)
        life?.cross(.writeQueued)
        begin()
    }

    private func begin() {
        guard let life, !isWriting, !waiting.isEmpty else { return }
        isWriting = true
        let wait = world.happens(.storeSlow) ? world.random.between(1, 6000).milliseconds : 0
        world.scheduler.after(wait, of: .process) { if life.isAlive { self.runBatch() } }
    }

    private func runBatch() {
        let jobs = Array(waiting.prefix(Self.mostInBatch))
        waiting.removeFirst(jobs.count)
        // As where one of them failed after it had written: all is undone, and those before it are run again.
        if world.happens(.storeRunsAgain) { _ = ran(Array(jobs.prefix(world.random.below(jobs.count + 1)))) }
        commit(ran(jobs))
    }

    private func ran(_ jobs: [Job]) -> Batch {
        var batch = Batch()
        for job in jobs {
            // A disk that is full in the middle of a closure: this statement fails and all that follow it.
            var statementsLeft = world.happens(.storeFailsInside) ? world.random.below(12) : Int.max
            let writer = MemoryWriter(batch.transactions.last?.state ?? world.disk.state, salt: world.disk.salt) {
                if statementsLeft == 0 { throw Self.full }
                statementsLeft -= 1
            }
            do {
                let answer = try job.run(writer)
                // A closure that swallowed a disk error must not count as done.
                if statementsLeft == 0 { throw Self.full }
                batch.done.append((job, answer))
                batch.effects += writer.effects
                batch.transactions.append(
                    .init(steps: writer.steps, state: writer.state, rules: world.rules, life: number)
                )
            } catch {
                batch.failed.append((job, error))
            }
        }
        return batch
    }

    private func commit(_ batch: Batch) {
        let hasIntent = batch.transactions.contains(where: \.hasIntent)
        let pause = world.happens(.storeSlow) ? world.random.between(1, 4000).milliseconds : world.random.below(3000)
        world.scheduler.after(pause, of: .process) { [self] in
            guard life != nil else { return batch.fail(Life.IsOver()) }
            life?.cross(hasIntent ? .intentBeforeCommit : .beforeCommit)
            guard life != nil else { return batch.fail(Life.IsOver()) }
            isWriting = false
            if world.disk.state.fence != fence {
                return breakDown(batch, Self.fenced)
            } else if world.happens(.storeFull) {
                batch.fail(Self.full)
            } else if world.happens(.storeNotDoneThenError) {
                return breakDown(batch, Self.broken)
            } else {
                world.disk.commit(batch.transactions)
                if world.happens(.storeDoneThenError) { return breakDown(batch, Self.broken) }
                life?.cross(hasIntent ? .intentAfterCommit : .afterCommit)
                guard life != nil else { return batch.fail(Life.IsOver()) }
                batch.answer()
            }
            begin()
        }
    }

    /// A commit that failed over the disk, so that nobody knows whether it is there, or that was not this process's to make. Nothing is written after it; the process ends.
    private func breakDown(_ batch: Batch, _ error: StoreError) {
        failure = error
        batch.fail(error)
        let dropped = waiting
        waiting = []
        for job in dropped { job.fail(error) }
        failing.yield(error)
    }
}
