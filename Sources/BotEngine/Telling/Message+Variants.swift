import BotCore

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
            case .buttons, .offers: nil
            }
        }
        var plain = Message(
            lines.isEmpty ? summary : RichText(Array(lines.map(\.spans).joined(separator: [.plain("\n")])))
        )
        plain.identity = identity
        plain.head = head
        return plain
    }

    /// The mentions in its text, of people and of whole groups.
    var calls: Set<RichText.Span> {
        blocks.reduce(into: []) { all, block in
            if case .text(let text) = block { all.formUnion(text.spans.filter(\.isCall)) }
        }
    }

    /// Returns the message with these mentions as names, which call nobody.
    func naming(_ called: Set<RichText.Span>) -> Message {
        guard !called.isEmpty else { return self }
        func naming(_ text: RichText) -> RichText {
            RichText(text.spans.map { called.contains($0) ? .plain(RichText([$0]).plain) : $0 })
        }
        var message = self
        message.summary = naming(summary)
        message.blocks = blocks.map { block in if case .text(let text) = block { .text(naming(text)) } else { block } }
        return message
    }

    /// Mentions somebody at its start.
    mutating func call(_ mention: RichText) {
        guard case .text(let first)? = blocks.first else { return }
        blocks[0] = .text(mention + " " + first)
    }

    /// Mentions people who can settle an unknown outcome.
    /// - Parameter calls: whether they are mentioned; else they are only named.
    mutating func ask(_ judges: [Account], _ rules: Rulebook, calls: Bool) {
        let names = judges.prefix(Deciders.mostMentioned).map { account -> RichText in
            let name = rules.policy.people[account] ?? "\(account)"
            return calls ? RichText([.mention(account, name: name)]) : "\(name)"
        }
        guard !names.isEmpty else { return }
        // The note with the entry's place stays last.
        let isNoteLast = if case .note? = blocks.last { true } else { false }
        blocks.insert(
            .text("Can settle it: " + RichText(listing: Array(names), last: "or")),
            at: isNoteLast ? blocks.count - 1 : blocks.count
        )
    }

    /// Adds a note that the message belongs in a channel where the bot may not post.
    mutating func mark(asFrom channel: Channel) {
        blocks.insert(.note("This belongs in \(channel), where I may not post (any more)."), at: 0)
    }

    /// Returns a message that says this one and then another.
    func followed(by next: Message) -> Message {
        var joined = Message(summary: summary + " " + next.summary, blocks: blocks + next.blocks)
        joined.identity = next.identity
        joined.isJoined = true
        return joined
    }
}

extension RichText.Span {
    /// Whether it tells somebody of the message.
    fileprivate var isCall: Bool {
        switch self {
        case .mention, .group: true
        case .plain, .strong, .code, .channel, .time, .link: false
        }
    }
}
