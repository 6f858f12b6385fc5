import BotCore
import Logging
import Metrics
import NIOConcurrencyHelpers

/// Makes the channels show what the store says. Rows say what is wanted; texts are rendered when they are sent, so edits
/// that pile up become one. No channel waits for another, and nothing is given up.
struct OutboxWorker: Sendable {
    let context: EngineContext
    private let announcer: Announcer
    /// When each channel may get its next new message.
    private let nextPost = NIOLockedValueBox<[Channel: Timestamp]>([:])

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
        let free = nextPost.withLockedValue { $0 }
        var first: [Channel: Post] = [:]
        for post in due where first[post.channel] == nil {
            if post.messageID == nil, let next = free[post.channel], next > now { continue }
            first[post.channel] = post
        }
        return first.values.map { post in
            WorkerLoop.Piece(key: post.channel.description) { try await deliver(post) }
        }
    }

    /// Until the next try, the next free second of a channel, or the bell.
    private func pause() async -> Duration {
        let now = context.clock.now
        let due = try? await context.store.read { try $0.nextPostDue() }
        guard let due = due.flatMap(\.self) else { return Self.longestPause }
        let channel = nextPost.withLockedValue { $0.values.filter { $0 > now }.min() }
        let next = due > now ? due : channel ?? now + .milliseconds(50)
        return min(Self.longestPause, max(next - now, .milliseconds(20)))
    }

    private func deliver(_ post: Post) async throws -> Bool {
        guard let platform = context.platforms[post.channel.platform] else {
            try await fail(post, .permanent("The platform is not configured any more."))
            return true
        }
        guard let (message, revision, handle) = try await announcer.render(post) else {
            try await save(post) { $0.posted = $0.wanted }
            return true
        }
        let address = PostAddress(channel: post.channel, replyHandle: handle)
        do {
            if let id = post.messageID {
                try await platform.update(message, id: id, at: address)
                try await succeed(post, id: id, revision: revision)
            } else {
                nextPost.withLockedValue { $0[post.channel] = context.clock.now + Self.spacing }
                let id = try await platform.post(message, to: address)
                try await succeed(post, id: id, revision: revision)
            }
        } catch let problem as ChatProblem {
            try await fail(post, problem)
        }
        return true
    }

    private func succeed(_ post: Post, id: String, revision: Int) async throws {
        try await save(post) { post in
            post.messageID = id
            post.posted = max(post.posted, revision)
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
            nextPost.withLockedValue { $0[post.channel] = now + wait }
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
