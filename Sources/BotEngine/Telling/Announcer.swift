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
        /// Who asked, and where.
        let requester: Account?
        let channel: Channel
        /// Whether it shows a plan.
        let showsPlan: Bool
        /// Whether it asks people to decide.
        let waitsForPeople: Bool
        /// Whether somebody must act on it or waits for it. The rest is only worth an edit.
        let isMilestone: Bool
        /// Whether it stands in another channel than the conversation's, where nothing is ever edited.
        let isElsewhere: Bool
    }

    /// A post as it is now, rendered; without a rendering if there is nothing to show. Nil if it was delivered meanwhile or
    /// belongs elsewhere by now: what a look found may be old when its turn comes.
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
    /// Whether people must act on it, or it is what they wait for.
    var isMilestone: Bool { self == .pending || self == .unknown || isEnd }
}

extension Post.Place {
    fileprivate var isHistory: Bool { if case .history = self { true } else { false } }
}

extension Message {
    /// For private views: decisions are taken on the message that everybody sees.
    var withoutButtons: Message {
        var message = self
        message.blocks.removeAll { if case .buttons = $0 { true } else { false } }
        return message
    }

    /// The same, all that it says but no layout that a platform could refuse, and so no buttons: decisions can be typed.
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

    /// Mentions those who can settle an outcome.
    fileprivate mutating func ask(_ judges: [Account], _ rules: Rulebook) {
        let names = judges.prefix(Self.mostMentioned).map { account -> RichText in
            "\(Actor(person: rules.policy.people[account], account: account, name: ""))"
        }
        guard !names.isEmpty else { return }
        // The place of the entry stands at the end.
        blocks.insert(
            .text("Can settle it: " + RichText(Array(names.map(\.spans).joined(separator: [.plain(", ")])))),
            at: max(0, blocks.count - 1)
        )
    }

    /// More would wake people who cannot all be needed.
    private static let mostMentioned = 5

    /// Says that the message belongs elsewhere, where the bot may not post.
    mutating func mark(asFrom channel: Channel) {
        blocks.insert(.note("This belongs in \(code: channel), where I may not post (any more)."), at: 0)
    }
}
