import BotCore
import Logging
import ServiceLifecycle

/// The pipeline: what comes in by ``intake`` is stored, planned, approved, sent once, and told in the channel.
///
/// Its stages are folders, in this order: `Intake` (a delivery becomes a stored change), `Acknowledging` (the channel
/// hears of it first), `Planning` (the cluster is read, the plan written down), `Deciding` (people approve or deny),
/// `Sending` (last check, intent, one call), `Settling` (unknown outcomes, recovery), `Telling` (posts and edits). Each
/// step goes into the `History` in the transaction that makes it. Beside the stages are `Commands` (what people type
/// besides actions), `Admission` (the conditions of taking on and sending), `Members` (who is in user groups), `Answers` (help and private follow-ups),
/// `Reloading` (rules that are replaced), `Remembering` (history channels that are read back) and `Runtime` (loops and wake-ups). The store is the queue between the stages:
/// after a crash between any two the work goes on from the last committed row.
package struct Engine: Service {
    package let context: EngineContext
    package let intake: Intake
    private let followUps: FollowUps
    private let strangersReport: StrangersReport

    private let onRunning: @Sendable () -> Void

    /// - Parameters:
    ///   - version: the program's version, for the command `version`.
    ///   - onRunning: called when recovery is done and the workers begin.
    package init(context: EngineContext, version: String, onRunning: @escaping @Sendable () -> Void = {}) {
        self.context = context
        self.onRunning = onRunning
        followUps = FollowUps(context: context)
        intake = Intake(context: context, version: version, followUps: followUps)
        strangersReport = StrangersReport(context: context, strangers: intake.strangers)
    }

    /// Recovers what an earlier process left, then works until graceful shutdown. A sending that is under way then is
    /// finished.
    package func run() async throws {
        // Also when it ends because the store failed, so that nothing tries for ever.
        defer { context.execution.close() }
        try await Recovery(context: context).run()
        onRunning()
        await work()
        context.execution.close()
        // A person who was told that nothing was stored must be right: a change that was stored too late is withdrawn
        // before the end.
        await intake.underWay.waitForNone()
        await strangersReport.write(isEnd: true)
    }

    private func work() async {
        let expiry = Expiry(context: context)
        let keeper = MemberKeeper(context: context)
        let memory = ChannelMemory(context: context)
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for loop in loops { group.addTask { await loop.run() } }
                // A large store takes a moment to check, and so do history channels. Meanwhile commands are taken, and
                // nothing is sent.
                group.addTask {
                    let isSound = await cancelWhenGracefulShutdown { await isStoreSound() }
                    if isSound, await memory.waitUntilPassed() { await Executor(context: context).loop.run() }
                }
                group.addTask { await cancelWhenGracefulShutdown { await memory.run() } }
                group.addTask { await expiry.run() }
                group.addTask { await strangersReport.run() }
                group.addTask { await keeper.run() }
                group.addTask { await followUps.run() }
            }
        } onGracefulShutdown: {
            followUps.finish()
            strangersReport.finish()
            keeper.finish()
            memory.finish()
            context.execution.close()
        }
    }

    /// Checks the store, and tries again until the check could be made or the shutdown has begun.
    private func isStoreSound() async -> Bool {
        var tries = 0
        while !Task.isCancelled, !context.execution.isClosed {
            do {
                let isSound = try await context.store.check()
                context.isStoreUnseen = false
                return isSound
            } catch {
                if Task.isCancelled { break }
                context.isStoreUnseen = true
                if tries.isMultiple(of: Self.triesBetweenLogLines) {
                    context.logger.error(
                        "store not looked through yet; nothing is sent before",
                        metadata: ["error": "\(error)"]
                    )
                }
                tries += 1
                try? await context.clock.sleep(Self.pauseBeforeLookingAgain)
            }
        }
        return false
    }

    private static let triesBetweenLogLines = 60
    private static let pauseBeforeLookingAgain = Duration.seconds(1)

    private var loops: [WorkerLoop] {
        [
            Planner(context: context).loop, Reconciler(context: context).loop, OutboxWorker(context: context).loop,
        ]
    }
}
