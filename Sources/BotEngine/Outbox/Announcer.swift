import BotCore

/// Renders what a post shows, from the store as it is when the post is sent.
struct Announcer: Sendable {
    let context: EngineContext

    /// The message, the revision that it shows, and the reply handle; nil if there is nothing to show.
    func render(_ post: Post) async throws -> (message: Message, revision: Int, handle: String?)? {
        let policy = context.rulebook.policy
        let word = context.rulebook.commandWord
        return try await context.store.read { reader in
            guard let change = try reader.change(post.change) else { return nil }
            switch post.place {
            case .conversation:
                let approvals = try reader.approvals(of: change.id)
                var message = ChangeMessage(change: change, approvals: approvals, policy: policy, commandWord: word).message
                if post.channel != change.channel { message.mark(asFrom: change.channel) }
                return (message, change.revision, change.replyHandle)
            case .history(let seq), .notice(let seq):
                guard let entry = try reader.history(from: seq, limit: 1).first, entry.seq == seq else { return nil }
                let approvals = try reader.approvals(of: change.id)
                let message = EntryMessage(entry: entry, change: change, approvals: approvals).message
                return (message, post.wanted, change.replyHandle)
            }
        }
    }
}

extension Message {
    /// Says that the message belongs elsewhere, where the bot may not post.
    mutating func mark(asFrom channel: Channel) {
        blocks.insert(.note("This belongs in \(code: channel), where I may not post (any more)."), at: 0)
    }
}
