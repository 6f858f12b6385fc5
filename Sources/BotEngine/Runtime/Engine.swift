import BotCore
import Logging
import ServiceLifecycle

/// The pipeline: what comes in by ``intake`` is stored, prepared, agreed to, sent once, and told in the channel.
///
/// The stages in their order, each a folder: `Intake` (a delivery becomes a stored change), `Acknowledging` (the channel hears
/// of it first), `Planning` (the cluster is read, the plan written down), `Deciding` (people approve or deny), `Sending` (last
/// check, intent, one call), `Settling` (unknown outcomes, recovery), `Telling` (posts and edits). Each step goes into the
/// `History` in the transaction that makes it. Beside them `Answers` (questions that change nothing) and `Runtime` (loops and
/// wake-ups). The store is the queue between the stages, so a crash between any two goes on from the last row.
package struct Engine: Service {
    package let context: EngineContext
    package let intake: Intake
    private let followUps: FollowUps
    private let strangersReport: StrangersReport

    private let onRunning: @Sendable () -> Void

    /// - Parameters:
    ///   - version: what `version` answers.
    ///   - onRunning: called when what an earlier process left is sorted out and the workers begin.
    package init(context: EngineContext, version: String, onRunning: @escaping @Sendable () -> Void = {}) {
        self.context = context
        self.onRunning = onRunning
        followUps = FollowUps(context: context)
        intake = Intake(context: context, version: version, followUps: followUps)
        strangersReport = StrangersReport(context: context, strangers: intake.strangers)
    }

    /// Goes on with what an earlier process left, then works until graceful shutdown. What is being sent then is finished.
    package func run() async throws {
        // However it ends, also because the store failed: nobody tries for ever.
        defer { context.execution.close() }
        try await Recovery(context: context).run()
        onRunning()
        await work()
        context.execution.close()
        // Whoever was told that nothing was stored must be right: what was stored too late is taken back before the end.
        await intake.underWay.waitForNone()
        await strangersReport.write(isEnd: true)
    }

    private func work() async {
        let expiry = Expiry(context: context)
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for loop in loops { group.addTask { await loop.run() } }
                // A large store takes a moment to look through. Meanwhile people are heard, and nothing is sent.
                group.addTask {
                    let isSound = await cancelWhenGracefulShutdown { await isStoreSound() }
                    if isSound { await Executor(context: context).loop.run() }
                }
                group.addTask { await expiry.run() }
                group.addTask { await strangersReport.run() }
                group.addTask { await followUps.run() }
            }
        } onGracefulShutdown: {
            followUps.finish()
            strangersReport.finish()
            context.execution.close()
        }
    }

    /// Asks until the store could be looked through, or the end has begun.
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
