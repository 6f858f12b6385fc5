import BotCore
import CrashPoints
import Logging
import NIOConcurrencyHelpers

/// Makes the channels show what the store says. Rows say what is wanted; texts are rendered when they are sent, so edits
/// that pile up become one. No channel waits for another, and nothing is given up.
struct OutboxWorker: Sendable {
    let context: EngineContext
    private let announcer: Announcer
    private let pace = NIOLockedValueBox(OutboxPace())
    /// When the first of the posts may be sent that the last look left where they were, by the uptime; nil if there are none.
    private let nextOpening = NIOLockedValueBox<Duration?>(nil)

    /// Chat platforms take about one new message a second and channel.
    private static let spacing = Duration.seconds(1)
    private static let width = 16
    private static let longestPause = Duration.seconds(5)
    private static let shortestPause = Duration.milliseconds(20)
    private static let firstBackoff = Duration.seconds(1)
    private static let longestBackoff = Duration.seconds(300)
    /// No post waits longer for its next try.
    static let longestWait = Duration.seconds(3600)
    /// After an answer that will not change by itself (revoked token): until somebody mends the configuration.
    private static let pauseAfterPermanent = Duration.seconds(60)

    init(context: EngineContext) {
        self.context = context
        announcer = Announcer(context: context)
    }

    var loop: WorkerLoop {
        WorkerLoop(
            name: "outbox",
            bell: context.outbox,
            context: context,
            width: Self.width,
            find: { try await find() },
            pause: { await pause() }
        )
    }

    /// The longest waiting post of each channel.
    private func find() async throws -> [WorkerLoop.Piece] {
        // What comes in while this looks must ring, because this look may miss it.
        context.awaitedChannels.withLockedValue { $0 = [] }
        let found = try await context.store.read { try $0.firstWaitingPosts() }
        // What nobody was answered yet comes back with a ring.
        let waiting = found.filter { !context.unanswered.contains($0.change) }
        let (now, uptime) = (context.clock.now, context.clock.uptime)
        let openings = pace.withLockedValue { pace in
            waiting.map { (post: $0, wait: pace.wait(for: $0, now: now, uptime: uptime)) }
        }
        nextOpening.withLockedValue { $0 = openings.map(\.wait).filter { $0 > .zero }.min().map { uptime + $0 } }
        // After what is sent now, and when what only keeps its pace may be sent, the channel is looked at again.
        if waiting.count == found.count {
            let paced = openings.filter { $0.post.messageID == nil && $0.wait <= Self.spacing }
            context.awaitedChannels.withLockedValue { $0 = Set(paced.map(\.post.channel)) }
        }
        var first: [Channel: Post] = [:]
        for (post, wait) in openings where wait <= .zero {
            if first[post.channel].map({ post.nextTry < $0.nextTry }) ?? true { first[post.channel] = post }
        }
        let inTurn = first.values.sorted {
            ($0.nextTry, $0.change, $0.channel.description) < ($1.nextTry, $1.change, $1.channel.description)
        }
        return inTurn.map { post in
            WorkerLoop.Piece(key: post.channel.description) { try await deliver(post) }
        }
    }

    /// Until the next try, the next free second of a channel, or the bell.
    private func pause() async -> Duration {
        guard let next = nextOpening.withLockedValue(\.self) else { return Self.longestPause }
        return min(Self.longestPause, max(next - context.clock.uptime, Self.shortestPause))
    }

    private func deliver(_ post: Post) async throws -> Bool {
        guard let platform = context.platforms[post.channel.platform] else {
            try await fail(post, .permanent("The platform is not configured any more."))
            return true
        }
        guard let (post, shown) = try await announcer.render(post) else { return true }
        guard let shown else {
            try await save(post) { $0.posted = $0.wanted }
            return true
        }
        guard shown.isMilestone || platform.canEdit(in: post.channel) else {
            try await save(post) { $0.posted = max($0.posted, shown.revision) }
            context.planning.ring()
            return true
        }
        let address = PostAddress(channel: post.channel, replyHandle: shown.replyHandle)
        CrashPoint.messageRendered.pass()
        do {
            if let id = post.messageID {
                try await platform.update(shown.message, id: id, at: address)
                passPosted(shown)
                try await succeed(post, id: id, shown)
            } else {
                pace.withLockedValue { $0.newMessage[post.channel] = context.clock.uptime + Self.spacing }
                let id = try await platform.post(shown.message, to: address)
                passPosted(shown)
                try await succeed(post, id: id, shown)
            }
        } catch let problem as ChatProblem {
            try await fail(post, problem)
        }
        return true
    }

    private func passPosted(_ shown: Announcer.Rendering) {
        if shown.isMilestone { CrashPoint.milestonePosted.pass() } else { CrashPoint.progressPosted.pass() }
    }

    private func succeed(_ post: Post, id: String, _ shown: Announcer.Rendering) async throws {
        let isFirst = post.place == .conversation && post.posted == 0
        // Otherwise the same message would be posted again and again while the disk is full.
        try await context.insist(on: "post", of: post.change) {
            try await save(post) { post in
                // What stands in for the conversation is said anew each time: the history channel's messages are never edited.
                post.messageID = shown.isElsewhere ? nil : id
                post.posted = max(post.posted, shown.revision)
                post.tries = 0
            } and: { writer in
                // Now the channel knows of it: what needs no plan goes on in the same commit.
                if isFirst { try Planner(context: context).makeReady(post.change, writer) }
            }
        }
        guard isFirst else { return }
        for bell in [context.execution, context.planning] { bell.ring() }
    }

    private func fail(_ post: Post, _ problem: ChatProblem) async throws {
        context.logger.warning(
            "message not delivered",
            metadata: ["change": "\(post.change)", "channel": "\(post.channel)", "problem": "\(problem)"]
        )
        let now = context.clock.now
        switch problem {
        case .messageGone:
            try await save(post) { $0.messageID = nil }
        case .cannotPostHere(let hint):
            try await OrphanedPost(context: context).handle(
                post,
                hint: hint,
                retryAt: now + Self.pauseAfterPermanent(post.tries)
            )
        case .rateLimited(let wait):
            pace.withLockedValue { $0.anything[post.channel] = context.clock.uptime + wait }
            try await save(post) { post in
                post.tries += 1
                post.nextTry = now + wait
            }
        case .transient:
            try await save(post) { post in
                post.tries += 1
                post.nextTry = now + Self.backoff(post.tries)
            }
        case .permanent:
            try await save(post) { post in
                post.nextTry = now + Self.pauseAfterPermanent(post.tries)
                post.tries += 1
            }
        }
        context.planning.ring()
    }

    /// Somebody may let the bot in again, so it never gives up; after ten tries, a minute apart, a channel that is gone for good
    /// costs less and less, down to one an hour.
    private static func pauseAfterPermanent(_ tries: Int) -> Duration {
        min(longestWait, pauseAfterPermanent * (1 << max(0, min(tries, 20) - 10)))
    }

    private static func backoff(_ tries: Int) -> Duration {
        min(longestBackoff, firstBackoff * (1 << min(tries - 1, 10)))
    }

    /// Changes the row as it is now; what was wanted meanwhile stays wanted.
    private func save(
        _ post: Post,
        _ change: @escaping @Sendable (inout Post) -> Void,
        and next: @escaping @Sendable (any StoreWriter) throws -> Void = { _ in }
    ) async throws {
        try await shielded {
            try await context.store.write { writer in
                guard var current = try writer.post(change: post.change, place: post.place) else { return }
                change(&current)
                try writer.save(current)
                try next(writer)
            }
        }
    }
}
