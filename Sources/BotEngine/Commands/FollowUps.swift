import BotCore
import Logging
import NIOConcurrencyHelpers

/// Private words that come after the first answer: a cluster's status, a preview, the explanation of a click.
///
/// They are a courtesy and not stored: whoever misses one asks again. What must not be missed goes through the outbox.
package struct FollowUps: Sendable {
    typealias Job = @Sendable () async -> Void

    let context: EngineContext
    private let jobs: AsyncStream<Job>
    private let queue: AsyncStream<Job>.Continuation

    /// More than this many waiting means that something hangs; newer ones are dropped and counted in the log.
    private static let longestQueue = 256
    private static let width = 8

    package init(context: EngineContext) {
        self.context = context
        (jobs, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.longestQueue))
    }

    func enqueue(_ job: @escaping Job) {
        if case .dropped = queue.yield(job) { context.logger.warning("follow-up dropped: too many are waiting") }
    }

    func tell(_ account: Account, _ message: Message, at address: PostAddress) {
        enqueue { await tellNow(account, message, at: address) }
    }

    func tellNow(_ account: Account, _ message: Message, at address: PostAddress) async {
        do {
            try await context.platforms[account.platform]?.tell(account, message, at: address)
        } catch {
            context.logger.warning("private message not delivered", metadata: ["problem": "\(error)"])
        }
    }

    /// Runs jobs side by side until ``finish()``.
    func run() async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<Self.width {
                group.addTask { for await job in jobs { await job() } }
            }
        }
    }

    /// Lets ``run()`` end after what is waiting.
    func finish() { queue.finish() }
}
