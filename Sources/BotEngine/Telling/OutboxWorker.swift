import BotCore
import CrashPoints
import Logging
import NIOConcurrencyHelpers

/// Makes the channels show what the store says. A row says what is wanted; its text is rendered when it is sent, so
/// edits that pile up become one. No channel waits for another, and no post is given up.
struct OutboxWorker: Sendable {
    let context: EngineContext
    private let announcer: Announcer
    private let pace = NIOLockedValueBox(OutboxPace())
    private let knowsWaits = NIOLockedValueBox(false)
    private let lastLines = NIOLockedValueBox(LastLines())
    /// The uptime at which the first of the posts may be sent that the last look found not due yet; nil if there are
    /// none.
    private let nextOpening = NIOLockedValueBox<Duration?>(nil)

    /// A requester is told in private of a message that waits longer than this.
    private static let tellsMeanwhile = Duration.seconds(10)
    /// The time for which a card's row waits until its requester heard that all who can decide have quiet hours.
    private static let longestQuietWord = Duration.seconds(2)
    private static let width = 16
    private static let longestPause = Duration.seconds(5)
    private static let shortestPause = Duration.milliseconds(20)
    private static let firstBackoff = Duration.seconds(1)
    private static let longestBackoff = Duration.seconds(300)
    /// The longest wait of a post for its next try.
    static let longestWait = Duration.seconds(3600)
    /// The pause after an answer that does not change by itself, such as a revoked token: somebody has to mend the
    /// configuration.
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

    /// Finds in each channel the post whose turn it is: that of the person who had none for longest.
    private func find() async throws -> [WorkerLoop.Piece] {
        try await rememberWaits()
        // A message that comes in during this look must ring, because the look may miss it.
        context.awaitedChannels.withLockedValue { $0 = [] }
        let found = try await context.store.read { try $0.firstWaitingPosts() }
        // A change whose sender has no answer yet is left out; its answer rings again.
        // In a history channel nothing is told before it was read back: what a copy of the store tells would hold the others.
        let waiting = found.filter { post in
            (post.change.map { !context.unanswered.contains($0) } ?? true) && mayTell(in: post.channel)
        }
        let (now, uptime) = (context.clock.now, context.clock.uptime)
        let openings = pace.withLockedValue { pace in
            waiting.map { post in
                (
                    post: post, wait: pace.wait(for: post, now: now, uptime: uptime),
                    turn: pace.lastTurn(of: post) ?? .seconds(Int.min)
                )
            }
        }
        nextOpening.withLockedValue { $0 = openings.map(\.wait).filter { $0 > .zero }.min().map { uptime + $0 } }
        // In a channel that is sent to now or only keeps its pace, another look comes by itself. So a new message there
        // needs no ring.
        if waiting.count == found.count {
            let paced = openings.filter { $0.post.messageID == nil && $0.wait <= spacing(in: $0.post.channel) }
            context.awaitedChannels.withLockedValue { $0 = Set(paced.map(\.post.channel)) }
        }
        let due = openings.filter { $0.wait <= .zero }.sorted {
            ($0.turn, $0.post.nextTry, $0.post.change ?? 0, $0.post.channel.description)
                < ($1.turn, $1.post.nextTry, $1.post.change ?? 0, $1.post.channel.description)
        }
        var taken: Set<Channel> = []
        let deliveries = due.filter { taken.insert($0.post.channel).inserted }.map { opening in
            WorkerLoop.Piece(key: opening.post.channel.description) { try await deliver(opening.post) }
        }
        let notices = openings.filter { $0.wait > Self.tellsMeanwhile && $0.post.nextTry <= now }.map { opening in
            WorkerLoop.Piece(key: "notice \(opening.post.change ?? 0) \(opening.post.place)") {
                try await tellMeanwhile(opening.post, until: now + opening.wait)
            }
        }
        return deliveries + notices
    }

    private func mayTell(in channel: Channel) -> Bool {
        context.channelStanding == .isPassed || context.platforms[channel.platform]?.historyChannel != channel
    }

    /// Returns the time from one new message in a channel to the next.
    private func spacing(in channel: Channel) -> Duration {
        context.platforms[channel.platform]?.features(in: channel).pace ?? .zero
    }

    /// Takes up the pauses that platforms asked an earlier process for. Does so once.
    private func rememberWaits() async throws {
        guard !knowsWaits.withLockedValue(\.self) else { return }
        let waits = try await context.store.read { try $0.chatWaits() }
        let (now, uptime) = (context.clock.now, context.clock.uptime)
        pace.withLockedValue { pace in
            for wait in waits where wait.until > now {
                // No platform asks for longer: a wait that lies further ahead was stored before the clock was set back.
                pace.hold(wait.method, in: wait.channel, until: uptime + min(wait.until - now, Self.longestWait))
            }
        }
        knowsWaits.withLockedValue { $0 = true }
    }

    /// Returns the time until the first post is due that was not yet, within limits.
    private func pause() async -> Duration {
        guard let next = nextOpening.withLockedValue(\.self) else { return Self.longestPause }
        return min(Self.longestPause, max(next - context.clock.uptime, Self.shortestPause))
    }

    private func deliver(_ post: Post) async throws -> Bool {
        guard let platform = context.platforms[post.channel.platform] else {
            try await save(post) { $0.wait(until: context.clock.now + Self.pauseAfterPermanent($0.tries)) }
            return true
        }
        guard let rendered = try await announcer.render(post) else { return true }
        if let moment = rendered.waitsUntil {
            try await save(rendered.post) { $0.nextTry = max($0.nextTry, moment) }
            return true
        }
        return try await LogSubject.$current.withValue(rendered.subject) {
            try await deliver(rendered.shown, rendered.post, through: platform)
        }
    }

    private func deliver(
        _ shown: Announcer.Rendering?,
        _ post: Post,
        through platform: any ChatPlatform
    ) async throws -> Bool {
        guard let shown else {
            try await drop(post, platform)
            return true
        }
        let features = platform.features(in: post.channel)
        // Where nothing can be edited, the card that says how it ended is a new message already.
        if shown.isResult, !features.edits {
            try await drop(post, platform)
            return true
        }
        let takesProgress = features.edits && !(shown.isElsewhere && post.posted > 0)
        guard shown.isMilestone || takesProgress else {
            try await save(post) { $0.posted = max($0.posted, shown.revision) }
            context.planning.ring()
            return true
        }
        CrashPoint.messageRendered.pass()
        pace.withLockedValue { $0.sending(post, at: context.clock.uptime, spacing: features.pace) }
        do {
            let id = try await send(shown, post, through: platform)
            passPosted(shown, isFirst: post.place == .conversation && post.posted == 0)
            // Before the card counts as posted: after a death in between both come once more.
            if post.place == .conversation, post.posted == 0, let quiet = shown.quietSentence {
                _ = await context.clock.within(Self.longestQuietWord) { await tell(shown, quiet) }
            }
            try await succeed(post, id: id, shown)
            // In a task of its own, so that no other message waits for it.
            if shown.isElsewhere, post.place == .conversation { Task { try await tellOfOtherPlace(post, shown) } }
        } catch let problem as ChatProblem {
            try await fail(post, shown, problem)
        }
        return true
    }

    /// Posts or edits a message; in plain words where the platform does not take the layout. Returns the message's id.
    private func send(
        _ shown: Announcer.Rendering,
        _ post: Post,
        through platform: any ChatPlatform
    ) async throws(ChatProblem) -> String {
        let address = PostAddress(channel: post.channel, replyHandle: shown.replyHandle)
        let hasButtons = platform.features(in: post.channel).buttons
        func send(_ message: Message) async throws(ChatProblem) -> String {
            let message = hasButtons ? message : message.withoutButtons
            guard let id = post.messageID else { return try await postLine(message, post, address, platform) }
            try await platform.update(message, id: id, at: address)
            return id
        }
        do throws(ChatProblem) {
            return try await send(shown.message)
        } catch {
            guard case .layoutRefused = error else { throw error }
            return try await send(shown.message.inPlainWords)
        }
    }

    /// Posts a new message. A line that calls nobody but those whom the one before it in its channel called, less than a
    /// minute ago and about other changes, is put into that one; others have those people by name.
    private func postLine(
        _ message: Message,
        _ post: Post,
        _ address: PostAddress,
        _ platform: any ChatPlatform
    ) async throws(ChatProblem) -> String {
        // Messages in the history channel are never edited.
        let canJoin =
            platform.features(in: post.channel).edits && post.place.isLine && post.channel != platform.historyChannel
        let uptime = context.clock.uptime
        let last =
            canJoin
            ? lastLines.withLockedValue { $0.line(for: message, about: post.change, in: post.channel, at: uptime) }
            : nil
        if let last {
            let joined = last.message.followed(by: message)
            do throws(ChatProblem) {
                try await platform.update(joined, id: last.id, at: address)
                lastLines.withLockedValue { $0.join(last, joined, about: post.change, in: post.channel) }
                return last.id
            } catch {
                // A pause for edits, or a line that is gone, keeps no new line back.
                switch error {
                case .messageGone: break
                case .rateLimited(let wait): try? await hold(.update, in: post.channel, for: wait)
                case .transient, .permanent, .cannotPostHere, .layoutRefused: throw error
                }
                lastLines.withLockedValue { $0.forget(post.channel) }
            }
        }
        guard canJoin else {
            lastLines.withLockedValue { $0.forget(post.channel) }
            return try await platform.post(message, to: address)
        }
        let line = lastLines.withLockedValue {
            $0.withoutCallingAgain(message, about: post.change, in: post.channel, at: uptime)
        }
        do throws(ChatProblem) {
            let id = try await platform.post(line, to: address)
            lastLines.withLockedValue { $0.note(message, id: id, about: post.change, in: post.channel, at: uptime) }
            return id
        } catch {
            // It may stand there all the same.
            lastLines.withLockedValue { $0.forget(post.channel) }
            throw error
        }
    }

    /// Gives up a message that has nothing to say any more. A line that the card has replaced is removed.
    private func drop(_ post: Post, _ platform: any ChatPlatform) async throws {
        if post.place == .looking, let id = post.messageID {
            do throws(ChatProblem) {
                try await platform.remove(id: id, at: PostAddress(channel: post.channel))
            } catch {
                if error != .messageGone { log(error, of: post, "line not removed") }
                switch error {
                case .rateLimited(let wait): return try await hold(.remove, in: post.channel, for: wait)
                case .transient:
                    return try await save(post) { $0.wait(until: context.clock.now + Self.backoff($0.tries + 1)) }
                case .cannotPostHere, .permanent, .layoutRefused, .messageGone: break
                }
            }
        }
        try await save(post) { $0.posted = $0.wanted }
    }

    private func passPosted(_ shown: Announcer.Rendering, isFirst: Bool) {
        if isFirst || !shown.isMilestone { CrashPoint.progressPosted.pass() }
        if shown.isMilestone { CrashPoint.milestonePosted.pass() }
    }

    private func succeed(_ post: Post, id: String, _ shown: Announcer.Rendering) async throws {
        let isFirst = post.place == .conversation && post.posted == 0
        context.closedChannels.withLockedValue { _ = $0.remove(post.channel) }
        let recovery = pace.withLockedValue { $0.succeeded(in: post.channel, at: context.clock.uptime) }
        // Otherwise the same message would be posted again and again while the disk is full.
        try await context.insist(on: "post", of: post.change) {
            try await save(post) { post in
                // A message that moved into the history channel is posted anew each time: messages there are never
                // edited. What belongs there is posted once, and `show` leads to it.
                let isOfHistory = if case .history = post.place { true } else { false }
                post.messageID = shown.isElsewhere && !isOfHistory ? nil : id
                post.posted = max(post.posted, shown.revision)
                post.tries = 0
                post.showsPlan = post.showsPlan || shown.showsPlan
            } and: { writer in
                switch recovery {
                case .nobody: break
                case .channel: try writer.endBackoffs(in: post.channel, at: context.clock.now)
                case .everybody: try writer.endBackoffs(in: nil, at: context.clock.now)
                }
                if isFirst, let id = post.change { try cardStands(id, shown, writer) }
            }
        }
        guard isFirst else { return }
        for bell in [context.execution, context.planning] { bell.ring() }
    }

    /// The card of a change is posted for the first time.
    private func cardStands(_ id: Int, _ shown: Announcer.Rendering, _ writer: any StoreWriter) throws {
        // Now the channel knows of the change. If it needs no plan, it goes on in the same commit.
        try Acknowledgement.goOn(id, writer, context)
        if var line = try writer.post(change: id, place: .looking), line.messageID != nil {
            line.wanted = line.posted + 1
            line.nextTry = context.clock.now
            try writer.save(line)
        }
        // It may have ended while the card was on its way, and the card called nobody for that.
        if let change = try writer.change(id), change.state.isTold, change.revision > shown.revision,
            !shown.isElsewhere, let head = change.recorded
        {
            try context.recorder(writer).announce(head, of: change, inHistory: false)
        }
    }

    private func fail(_ post: Post, _ shown: Announcer.Rendering, _ problem: ChatProblem) async throws {
        log(problem, of: post, "message not delivered")
        let now = context.clock.now
        switch problem {
        case .messageGone:
            return try await save(post) { $0.messageID = nil }
        case .cannotPostHere(let hint):
            pace.withLockedValue { $0.failed(in: post.channel, concernsPlatform: false) }
            context.closedChannels.withLockedValue { _ = $0.insert(post.channel) }
            try await LastingRefusal(context: context, hint: hint, isOfChannel: true)
                .handle(post, shown, retryAt: now + Self.pauseAfterPermanent(post.tries))
        case .permanent(let reason), .layoutRefused(let reason):
            // A refused layout says nothing about other messages. Neither does a channel without edits, where only the
            // command's own address takes messages.
            let isLayout = if case .layoutRefused = problem { true } else { false }
            let isGeneral =
                !isLayout && context.platforms[post.channel.platform]?.features(in: post.channel).edits == true
            if isGeneral { pace.withLockedValue { $0.failed(in: post.channel, concernsPlatform: true) } }
            context.closedChannels.withLockedValue { _ = $0.insert(post.channel) }
            let hint = "The chat does not take my messages. \(reason) Tell whoever runs me."
            try await LastingRefusal(context: context, hint: hint, isOfChannel: false)
                .handle(post, shown, retryAt: now + Self.pauseAfterPermanent(post.tries))
        case .rateLimited(let wait):
            try await hold(post.method, in: post.channel, for: wait)
        case .transient:
            pace.withLockedValue { $0.failed(in: post.channel, concernsPlatform: true) }
            try await save(post) { $0.wait(until: now + Self.backoff($0.tries + 1)) }
        }
        context.planning.ring()
    }

    /// Says in the log that a platform did not do what was asked. The line says by itself about which change.
    private func log(_ problem: ChatProblem, of post: Post, _ what: Logger.Message) {
        context.logger.log(
            // One warning for each message is enough; metrics count the others.
            level: post.tries == 0 ? .warning : .debug,
            what,
            metadata: ["channel": "\(post.channel)", "problem": "\(problem)"]
        )
    }

    /// Tells the requester that the message stands in another channel than theirs.
    private func tellOfOtherPlace(_ post: Post, _ shown: Announcer.Rendering) async throws {
        let why = "I cannot post in this channel (any more), so it stands in the history channel."
        guard await RequesterNotice(context: context, why: why).tell(post, shown) else { return }
        try await save(post) { $0.told = max($0.told, shown.revision) }
    }

    /// Keeps a pause that the platform asked for, also over a restart.
    private func hold(_ method: ChatMethod, in channel: Channel, for wait: Duration) async throws {
        let now = context.clock.now
        pace.withLockedValue { $0.hold(method, in: channel, until: context.clock.uptime + wait) }
        try await shielded {
            try await context.store.write { writer in
                try writer.forgetChatWaits(until: now)
                try writer.save(ChatWait(method: method, channel: channel, until: now + wait))
            }
        }
    }

    /// Tells the requester in private that nobody is called now.
    private func tell(_ shown: Announcer.Rendering, _ quiet: RichText) async {
        guard let account = shown.requester, let platform = context.platforms[account.platform] else { return }
        let address = PostAddress(channel: shown.channel, replyHandle: shown.replyHandle)
        do throws(ChatProblem) {
            try await platform.tell(account, Message(quiet), at: address)
        } catch {
            context.logger.warning(
                "requester not told",
                metadata: ["channel": "\(shown.channel)", "problem": "\(error)"]
            )
        }
    }

    /// Tells the requester in private what a platform's pause keeps from the channel. The message itself is sent after
    /// the pause; until then posts behind it get their look.
    private func tellMeanwhile(_ post: Post, until pauseEnds: Timestamp) async throws -> Bool {
        guard let rendered = try await announcer.render(post) else { return true }
        let (post, subject) = (rendered.post, rendered.subject)
        guard let shown = rendered.shown else {
            // There is nothing to tell; what stands there is removed after the pause.
            try await save(post) { $0.nextTry = max($0.nextTry, pauseEnds) }
            return true
        }
        let why = "The chat asked me to wait \((pauseEnds - context.clock.now).spoken) before I write there again."
        let isTold = await LogSubject.$current.withValue(subject) {
            await RequesterNotice(context: context, why: why).tell(post, shown)
        }
        try await save(post) { post in
            if isTold { post.told = max(post.told, shown.revision) }
            // If it moved on meanwhile, that is told now.
            if post.wanted <= shown.revision { post.nextTry = max(post.nextTry, pauseEnds) }
        }
        return true
    }

    /// Returns the pause after a refusal for good. Somebody may let the bot in again, so it never gives up. After ten
    /// tries, a minute apart, the pause doubles up to an hour, so that a channel that is gone for good costs little.
    private static func pauseAfterPermanent(_ tries: Int) -> Duration {
        min(longestWait, pauseAfterPermanent * (1 << max(0, min(tries, 20) - 10)))
    }

    private static func backoff(_ tries: Int) -> Duration {
        min(longestBackoff, firstBackoff * (1 << min(tries - 1, 10)))
    }

    /// Changes the row as it is in the store now, so that what was wanted meanwhile stays wanted.
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
