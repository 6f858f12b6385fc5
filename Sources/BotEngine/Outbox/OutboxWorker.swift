import BotCore
import CrashPoints
import Logging
import Metrics
import NIOConcurrencyHelpers

/// Makes the channels show what the store says. Rows say what is wanted; texts are rendered when they are sent, so edits
/// that pile up become one. No channel waits for another, and nothing is given up.
struct OutboxWorker: Sendable {
    let context: EngineContext
    private let announcer: Announcer
    private let pace = NIOLockedValueBox(Pace())

    /// When the channels may get something again.
    private struct Pace {
        /// A new message.
        var newMessage: [Channel: Timestamp] = [:]
        /// Anything at all, edits included: what the platform asked for.
        var anything: [Channel: Timestamp] = [:]

        func holds(_ post: Post, at now: Timestamp) -> Bool {
            if let next = anything[post.channel], next > now { return true }
            return post.messageID == nil && newMessage[post.channel].map { $0 > now } ?? false
        }

        /// The next moment at which a channel is free.
        func nextFree(after now: Timestamp) -> Timestamp? {
            (Array(newMessage.values) + Array(anything.values)).filter { $0 > now }.min()
        }
    }

    /// Chat platforms take about one new message a second and channel.
    private static let spacing = Duration.seconds(1)
    private static let width = 16
    private static let longestPause = Duration.seconds(5)
    private static let firstBackoff = Duration.seconds(1)
    private static let longestBackoff = Duration.seconds(300)
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
        let now = context.clock.now
        let (due, waiting) = try await context.store.read { (try $0.duePosts(at: now), try $0.waitingPosts()) }
        Gauge(label: "clusterbot_outbox_pending").record(Double(waiting))
        let pace = pace.withLockedValue { $0 }
        var first: [Channel: Post] = [:]
        for post in due where first[post.channel] == nil && !pace.holds(post, at: now) { first[post.channel] = post }
        return first.values.map { post in
            WorkerLoop.Piece(key: post.channel.description) { try await deliver(post) }
        }
    }

    /// Until the next try, the next free second of a channel, or the bell.
    private func pause() async -> Duration {
        let now = context.clock.now
        let due = try? await context.store.read { try $0.nextPostDue() }
        guard let due = due.flatMap(\.self) else { return Self.longestPause }
        let free = pace.withLockedValue { $0.nextFree(after: now) }
        let next = due > now ? due : free ?? now + .milliseconds(50)
        return min(Self.longestPause, max(next - now, .milliseconds(20)))
    }

    private func deliver(_ post: Post) async throws -> Bool {
        guard let platform = context.platforms[post.channel.platform] else {
            try await fail(post, .permanent("The platform is not configured any more."))
            return true
        }
        guard let shown = try await announcer.render(post) else {
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
                pace.withLockedValue { $0.newMessage[post.channel] = context.clock.now + Self.spacing }
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
        try await save(post) { post in
            // What stands in for the conversation is said anew each time: the history channel's messages are never edited.
            post.messageID = shown.isElsewhere ? nil : id
            post.posted = max(post.posted, shown.revision)
            post.tries = 0
        }
        if post.posted == 0 { context.planning.ring() }
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
            try await OrphanedPost(context: context).handle(post, hint: hint, retryAt: now + Self.pauseAfterPermanent)
        case .rateLimited(let wait):
            pace.withLockedValue { $0.anything[post.channel] = now + wait }
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
                post.tries += 1
                post.nextTry = now + Self.pauseAfterPermanent
            }
        }
        context.planning.ring()
    }

    private static func backoff(_ tries: Int) -> Duration {
        min(longestBackoff, firstBackoff * (1 << min(tries - 1, 10)))
    }

    /// Changes the row as it is now; what was wanted meanwhile stays wanted.
    private func save(_ post: Post, _ change: @escaping @Sendable (inout Post) -> Void) async throws {
        try await shielded {
            try await context.store.write { writer in
                guard var current = try writer.post(change: post.change, place: post.place) else { return }
                change(&current)
                try writer.save(current)
            }
        }
    }
}
