import BotCore
import Logging

/// Handles a message that its channel refuses for good: the bot is not in it, the token was revoked, or the message is
/// refused in every layout.
///
/// The same rule holds for all of them. The requester is told in private. Where only the channel is closed, the message
/// moves into the history channel. A change that nobody could be told of is refused; one that somebody was told of goes
/// on.
struct LastingRefusal: Sendable {
    let context: EngineContext
    /// The sentences for people: why, and what to do about it.
    let hint: String
    /// Whether another channel of the platform may take the message.
    let isOfChannel: Bool

    /// - Parameter retryAt: the moment at which the channel is tried again.
    func handle(_ post: Post, _ shown: Announcer.Rendering, retryAt: Timestamp) async throws {
        let isTold = await RequesterNotice(context: context, why: hint).tell(post, shown)
        let isRefused = try await context.store.write { writer in
            try settle(post, shown, isTold: isTold, retryAt: retryAt, writer)
        }
        context.ringAll()
        if isRefused {
            context.logger.error(
                "nobody can be told of a change, so it is refused",
                metadata: ["change": .stringConvertible(post.change ?? 0), "channel": "\(post.channel)"]
            )
        }
    }

    /// Records the refusal. Returns whether the change was refused, because nobody can hear of it.
    private func settle(
        _ post: Post,
        _ shown: Announcer.Rendering,
        isTold: Bool,
        retryAt: Timestamp,
        _ writer: any StoreWriter
    ) throws -> Bool {
        guard var current = try writer.post(change: post.change, place: post.place) else { return false }
        let recorder = context.recorder(writer)
        guard let id = post.change, var change = try writer.change(id), !post.place.isCopy, post.place.isKept else {
            // What is said elsewhere as well is tried again while people may decide, or given up.
            let isOver = try post.change.flatMap { try writer.change($0) }?.state.isEnd ?? false
            if post.place.isKept, !(post.place.isCopy && isOver) {
                current.wait(until: retryAt)
            } else {
                current.posted = current.wanted
            }
            try writer.save(current)
            return false
        }
        if case .notice(let seq) = post.place, try writer.post(change: id, place: .history(seq: seq)) != nil {
            // The history channel has a post of its own about it.
            current.posted = current.wanted
            try writer.save(current)
            return false
        }
        if isTold { current.told = max(current.told, shown.revision) }
        let fallback = recorder.historyChannels[current.channel.platform]
        if isOfChannel, let fallback, fallback != current.channel {
            current.channel = fallback
            current.messageID = nil
            current.nextTry = recorder.now
        } else {
            // If the change moved on meanwhile to a state that somebody must act on or waits for, that is told now.
            let hasMore = change.revision > shown.revision && change.state.isMilestone
            current.wait(until: hasMore ? recorder.now : retryAt)
        }
        try writer.save(current)
        let isFirst = current.place == .conversation && current.posted == 0
        guard isFirst, change.state == .preparing || change.state == .pending else { return false }
        if current.told > 0 {
            try Acknowledgement.goOn(change.id, writer, context)
            return false
        }
        // The history channel may still take it.
        guard current.channel == post.channel else { return false }
        change.outcome = "I cannot post in this channel, so nobody there could see what happens. \(hint)"
        try recorder.apply(.refused, to: &change, .init(by: .bot))
        return true
    }
}

extension Post {
    /// Counts a failed try, and sets the moment of the next one.
    mutating func wait(until moment: Timestamp) {
        tries += 1
        nextTry = moment
    }
}
