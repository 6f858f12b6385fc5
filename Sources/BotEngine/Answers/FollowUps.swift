import BotCore
import Logging
import NIOConcurrencyHelpers

/// Sends the private messages that come after the first answer: a cluster's status, a preview, the explanation of a
/// click.
///
/// They are best effort and not stored: whoever misses one asks again. What must not be missed goes through the outbox.
/// People are served in turn, and nobody's requests take all the room.
package struct FollowUps: Sendable {
    typealias Job = @Sendable () async -> Void

    private struct State {
        /// The jobs that wait, by the person they are for (``Actor/key``), in order.
        var waiting: [String: [Job]] = [:]
        /// The order of turns: each person with waiting jobs, once.
        var turns: [String] = []
        var running: [String: Int] = [:]
        var isFinished = false

        /// Takes the next job in turn; nil if everybody with waiting jobs has ``FollowUps/atOnce`` running.
        mutating func next() -> (asker: String, job: Job)? {
            guard let place = turns.firstIndex(where: { running[$0, default: 0] < FollowUps.atOnce }) else {
                return nil
            }
            let asker = turns.remove(at: place)
            guard var jobs = waiting[asker], !jobs.isEmpty else { return nil }
            let job = jobs.removeFirst()
            waiting[asker] = jobs.isEmpty ? nil : jobs
            running[asker, default: 0] += 1
            if !jobs.isEmpty { turns.append(asker) }
            return (asker, job)
        }

        mutating func done(_ asker: String) {
            running[asker] = running[asker].flatMap { $0 > 1 ? $0 - 1 : nil }
        }
    }

    let context: EngineContext
    private let state = NIOLockedValueBox(State())
    private let bell = Bell()

    /// The most follow-ups of one person that wait; more are dropped, with a line in the log. A person may give about
    /// as many commands a minute.
    private static let longestQueue = 32
    private static let width = 8
    /// The most follow-ups of one person that run at once.
    private static let atOnce = 2
    private static let pause = Duration.seconds(5)

    package init(context: EngineContext) { self.context = context }

    /// - Parameter asker: the person whom it is for (``Actor/key``).
    /// - Returns: false if there is no room for it, because too much of theirs waits.
    @discardableResult
    func enqueue(for asker: String, _ work: @escaping Job) -> Bool {
        let subject = LogSubject.current
        let job: Job = { await LogSubject.$current.withValue(subject) { await work() } }
        let isTaken = state.withLockedValue { state in
            guard !state.isFinished, state.waiting[asker, default: []].count < Self.longestQueue else { return false }
            if state.waiting[asker] == nil { state.turns.append(asker) }
            state.waiting[asker, default: []].append(job)
            return true
        }
        if isTaken {
            bell.ring()
        } else {
            context.logger.warning("follow-up dropped: too many of one person are waiting")
        }
        return isTaken
    }

    func tell(_ actor: Actor, _ message: Message, at address: PostAddress, isDirect: Bool = false) {
        guard let account = actor.account else { return }
        enqueue(for: actor.key) { await tellNow(account, message, at: address, isDirect: isDirect) }
    }

    func tellNow(_ account: Account, _ message: Message, at address: PostAddress, isDirect: Bool = false) async {
        guard let platform = context.platforms[account.platform] else { return }
        // Where nothing can be said to one person alone, others would read what they may not.
        guard isDirect || platform.features(in: address.channel).privateAnswers else {
            return context.logger.debug("private message not sent: the platform has none")
        }
        let message = await context.storingOffers(
            of: message,
            to: account,
            in: address.channel,
            isDirect: isDirect
        )
        do {
            try await platform.tell(account, message, at: address)
        } catch {
            context.logger.warning("private message not delivered", metadata: ["problem": "\(error)"])
        }
    }

    /// Runs jobs side by side until ``finish()``; those that wait by then are run, too.
    func run() async {
        await withDiscardingTaskGroup { group in
            var free = Self.width
            let done = NIOLockedValueBox(0)
            while !Task.isCancelled {
                free += done.withLockedValue { done in
                    defer { done = 0 }
                    return done
                }
                while free > 0, let (asker, job) = state.withLockedValue({ $0.next() }) {
                    free -= 1
                    group.addTask {
                        await job()
                        state.withLockedValue { $0.done(asker) }
                        done.withLockedValue { $0 += 1 }
                        bell.ring()
                    }
                }
                if state.withLockedValue({ $0.isFinished && $0.waiting.isEmpty }) { return }
                await bell.wait(atMost: Self.pause, clock: context.clock)
            }
        }
    }

    /// Lets ``run()`` end after the jobs that wait, and takes no more.
    func finish() {
        state.withLockedValue { $0.isFinished = true }
        bell.ring()
    }
}
