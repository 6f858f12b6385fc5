import BotCore

/// Renders what a post shows, from the store as it is when the post is sent.
struct Announcer: Sendable {
    let context: EngineContext

    /// What a post shows.
    struct Rendering: Sendable {
        var message: Message
        /// The change's revision that it shows.
        let revision: Int
        let replyHandle: String?
        /// Whether somebody must act on it or waits for it. The rest is only worth an edit.
        let isMilestone: Bool
        /// Whether it stands in another channel than the conversation's, where nothing is ever edited.
        let isElsewhere: Bool
    }

    /// A post as it is now, rendered; without a rendering if there is nothing to show. Nil if it was delivered meanwhile or
    /// belongs elsewhere by now: what a look found may be old when its turn comes.
    func render(_ found: Post) async throws -> (post: Post, shown: Rendering?)? {
        let policy = context.rulebook.policy
        let word = context.rulebook.commandWord
        return try await context.store.read { reader in
            guard let post = try reader.post(change: found.change, place: found.place), post.posted < post.wanted,
                post.channel == found.channel
            else { return nil }
            guard let change = try reader.change(post.change) else { return (post, nil) }
            let isElsewhere = post.channel != change.channel
            var message: Message
            switch post.place {
            case .conversation:
                let approvals = try reader.approvals(of: change.id)
                message = ChangeMessage(change: change, approvals: approvals, policy: policy, commandWord: word).message
                message.identity = .init(change: change.id, .revision(change.revision))
            case .history(let seq), .notice(let seq):
                guard let entry = try reader.history(from: seq, limit: 1).first, entry.seq == seq else {
                    return (post, nil)
                }
                let approvals = try reader.approvals(of: change.id)
                message = EntryMessage(entry: entry, change: change, approvals: approvals).message
                message.identity = .init(change: change.id, .entry(seq: seq))
            }
            var rendering = Rendering(
                message: message,
                revision: post.place == .conversation ? change.revision : post.wanted,
                replyHandle: change.replyHandle,
                isMilestone: post.place == .conversation && change.state.isMilestone || post.place.isHistory,
                isElsewhere: isElsewhere
            )
            if isElsewhere, !post.place.isHistory { rendering.message.mark(asFrom: change.channel) }
            return (post, rendering)
        }
    }
}

extension ChangeState {
    /// Whether people must act on it, or it is what they wait for.
    fileprivate var isMilestone: Bool { self == .pending || self == .unknown || isEnd }
}

extension Post.Place {
    fileprivate var isHistory: Bool { if case .history = self { true } else { false } }
}

extension Message {
    /// Says that the message belongs elsewhere, where the bot may not post.
    mutating func mark(asFrom channel: Channel) {
        blocks.insert(.note("This belongs in \(code: channel), where I may not post (any more)."), at: 0)
    }
}
