import BotCore
import Logging

/// What to do about a message for a channel in which the bot may not post.
struct OrphanedPost: Sendable {
    let context: EngineContext

    /// A change that was not begun is refused there, with what to do. A change that went on is told in the history channel.
    func handle(_ post: Post, hint: String, retryAt: Timestamp) async throws {
        let refused = try await context.store.write { writer -> Change? in
            guard var current = try writer.post(change: post.change, place: post.place),
                var change = try writer.change(post.change)
            else { return nil }
            let ledger = context.ledger(writer)
            let isUnseen = current.place == .conversation && current.posted == 0
            if isUnseen, change.state == .preparing {
                change.outcome = "I cannot post in this channel, so nobody there could see what happens. \(hint)"
                try ledger.apply(.refused, to: &change, .init(by: .bot))
                // It has no message in the conversation and will not get one: its requester is told in private.
                if var row = try writer.post(change: post.change, place: post.place) {
                    row.posted = row.wanted
                    try writer.save(row)
                }
                return change
            }
            if let fallback = ledger.historyChannels[current.channel.platform], fallback != current.channel {
                current.channel = fallback
                current.messageID = nil
                current.nextTry = ledger.now
            } else {
                current.tries += 1
                current.nextTry = retryAt
            }
            try writer.save(current)
            return nil
        }
        guard let refused, let account = refused.requester.account else { return }
        context.ringAll()
        let address = PostAddress(channel: refused.channel, replyHandle: refused.replyHandle)
        do {
            try await context.platforms[refused.channel.platform]?.tell(
                account,
                Message(RichText(marked: refused.refusedSentence)),
                at: address
            )
        } catch {
            context.logger.warning("refusal not told", metadata: ["change": "\(refused.id)", "problem": "\(error)"])
        }
    }
}
