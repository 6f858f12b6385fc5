import BotCore

/// Renders posts from the store, as it is when a post is sent.
struct Announcer: Sendable {
    let context: EngineContext

    /// A rendered post, and what the outbox needs to know of it.
    struct Rendering: Sendable {
        var message: Message
        /// The revision that it shows.
        let revision: Int
        let replyHandle: String?
        /// The account that asked; ``channel`` is where it asked.
        let requester: Account?
        let channel: Channel
        /// Whether it shows the change's plan.
        let showsPlan: Bool
        /// Whether it asks people to decide.
        let waitsForPeople: Bool
        /// Whether somebody must act on it or waits for it. Everything else is only worth an edit.
        let isMilestone: Bool
        /// Whether it goes into another channel than the conversation's. There messages are never edited.
        let isElsewhere: Bool
    }

    /// Renders a post as it is now. The rendering is nil if there is nothing to show. The whole result is nil if the
    /// post was delivered meanwhile or belongs in another channel by now: a look may be old when the turn of what it
    /// found comes.
    func render(_ found: Post) async throws -> (post: Post, shown: Rendering?)? {
        let rules = context.rulebook
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
                message =
                    ChangeMessage(
                        change: change,
                        approvals: approvals,
                        verdictReason: try reader.verdictReason(of: change),
                        rules: rules
                    ).message
                message.identity = .init(change: change.id, .revision(change.revision))
            case .history(let seq), .notice(let seq):
                guard let entry = try reader.history(from: seq, limit: 1).first, entry.seq == seq else {
                    return (post, nil)
                }
                let approvals = try reader.approvals(of: change.id)
                message = EntryMessage(entry: entry, change: change, approvals: approvals).message
                message.identity = .init(change: change.id, .entry(seq: seq))
                if case .notice = post.place, change.state == .unknown {
                    message.ask(rules.possibleJudges(change), rules)
                }
            }
            var rendering = Rendering(
                message: message,
                revision: post.place == .conversation ? change.revision : post.wanted,
                replyHandle: change.replyHandle,
                requester: change.requester.account,
                channel: change.channel,
                showsPlan: post.place == .conversation && change.plan != nil,
                waitsForPeople: change.state == .pending,
                isMilestone: post.place == .conversation && change.state.isMilestone || post.place.isHistory,
                isElsewhere: isElsewhere
            )
            if isElsewhere, !post.place.isHistory { rendering.message.mark(asFrom: change.channel) }
            return (post, rendering)
        }
    }
}

extension ChangeState {
    /// Whether people must act on it or wait for it.
    var isMilestone: Bool { self == .pending || self == .unknown || isEnd }
}

extension Post.Place {
    fileprivate var isHistory: Bool { if case .history = self { true } else { false } }
}

extension Message {
    /// The message without its buttons, for private views: decisions are made on the message that everybody sees.
    var withoutButtons: Message {
        var message = self
        message.blocks.removeAll { if case .buttons = $0 { true } else { false } }
        return message
    }

    /// The message as one text, without a layout that a platform could refuse. It has no buttons; decisions can be
    /// typed.
    var inPlainWords: Message {
        let lines = blocks.compactMap { block -> RichText? in
            switch block {
            case .heading(let text), .quote(let text): "\(text)"
            case .text(let text), .note(let text): text
            case .facts(let facts):
                RichText(
                    Array(
                        facts.map { "\($0.name): \($0.value)" as RichText }.map(\.spans).joined(separator: [
                            .plain(". ")
                        ])
                    )
                )
            case .buttons: nil
            }
        }
        var plain = Message(
            lines.isEmpty ? summary : RichText(Array(lines.map(\.spans).joined(separator: [.plain("\n")])))
        )
        plain.identity = identity
        return plain
    }

    /// Mentions people who can settle an unknown outcome.
    fileprivate mutating func ask(_ judges: [Account], _ rules: Rulebook) {
        let names = judges.prefix(Self.mostMentioned).map { account -> RichText in
            "\(Actor(person: rules.policy.people[account], account: account, name: ""))"
        }
        guard !names.isEmpty else { return }
        // The note with the entry's place stays last.
        blocks.insert(
            .text("Can settle it: " + RichText(Array(names.map(\.spans).joined(separator: [.plain(", ")])))),
            at: max(0, blocks.count - 1)
        )
    }

    /// The most people that are mentioned: more would wake people who are not needed.
    private static let mostMentioned = 5

    /// Adds a note that the message belongs in a channel where the bot may not post.
    mutating func mark(asFrom channel: Channel) {
        blocks.insert(.note("This belongs in \(code: channel), where I may not post (any more)."), at: 0)
    }
}
