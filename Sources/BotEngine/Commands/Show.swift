import BotCore

/// `show 17`: the message of a change as it stands now, its steps and links to its messages, for the person who asks alone.
package struct Show: Command, Question {
    package static let form = CommandForm(
        "show",
        summary: "everything about one change",
        topic: .look,
        examples: ["show 17"],
        isAboutChange: true
    )

    package let change: Int

    package init(change: Int) { self.change = change }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        let change = try grammar.changeNumber(&words) { "show \($0)" }
        try words.end(example: "show \(change)")
        return Self(change: change)
    }

    /// Answers as if there were no such change.
    func refused(_ refusal: Refusal, _ asking: Asking) -> Reply { .notDone(asking.rules.policy.noSuchChange(change)) }

    var cluster: Cluster? { nil }

    func answer(_ asking: Asking) async throws -> Reply {
        let (rules, now) = (asking.rules, asking.context.clock.now)
        let found = try await asking.context.store.read {
            [change] reader -> (story: Message, posts: [Post], plan: Plan?)? in
            guard let change = try reader.change(change), rules.mayRead(change, asking.actor, in: asking.channel) else {
                return nil
            }
            var message = ChangeMessage(
                change: change,
                approvals: try reader.approvals(of: change.id),
                verdictReason: try reader.verdictReason(of: change),
                rules: rules,
                now: now,
                wait: try reader.wait(of: change, rules, at: now),
                showsPlace: false
            ).message.withoutButtons
            let steps = try reader.history(of: change.id).compactMap(Self.step)
            let left = steps.count - Self.mostSteps
            message.blocks += left > 0 ? [.text("… \(left) earlier steps")] : []
            message.blocks += steps.suffix(Self.mostSteps)
            return (message, try reader.posts(of: change.id), change.plan)
        }
        guard var found else { return .notDone(rules.policy.noSuchChange(change)) }
        if let links = await links(to: found.posts, asking) { found.story.blocks.append(.note(links)) }
        // Whoever approves by typing may name the plan by these digits.
        if let plan = found.plan { found.story.blocks.append(.note("plan \(code: plan.digest.prefix(12))")) }
        return Reply(found.story)
    }

    /// The most steps that are shown, the newest.
    private static let mostSteps = 25

    /// `15:08 approved by bob “fine”`
    private static func step(_ entry: ChainedEntry) -> Message.Block? {
        guard let record = entry.record, let at = Timestamp(record.at) else { return nil }
        let said = ["reason", "comment"].compactMap { entry.texts[$0]?.text }.map { " “\($0)”" }.joined()
        let who = record.actorName == Actor.bot.shownName ? "" : " by \(record.actorName)"
        let what = record.isReminder ? "still unknown" : record.kindInWords
        return .text("\(at) \(what)\(who)\(said)")
    }

    // MARK: Its messages

    /// A message of a change that is worth a link, by the name that it has in the list; in the list's order.
    private enum Kind: String, CaseIterable {
        case card = "the card"
        case copy = "the request"
        /// Of several lines the newest says how it stands.
        case line = "the newest line"
        case history = "the history channel"

        init?(_ place: Post.Place) {
            switch place {
            case .conversation: self = .card
            case .copy: self = .copy
            case .notice: self = .line
            case .history: self = .history
            case .looking, .reminder: return nil
            }
        }
    }

    /// `Messages: the card · the newest line · the history channel`, each as a link; nil where there is none. Other channels than
    /// the one in which it is asked and the history channel may be closed to whoever asks.
    private func links(to posts: [Post], _ asking: Asking) async -> RichText? {
        var links: [Kind: PostLink] = [:]
        for post in posts {
            guard post.posted > 0, let id = post.messageID, let kind = Kind(post.place),
                let platform = asking.context.platforms[post.channel.platform],
                post.channel == asking.channel || post.channel == platform.historyChannel,
                let link = await platform.link(to: id, in: post.channel)
            else { continue }
            links[kind] = link
        }
        guard !links.isEmpty else { return nil }
        let texts = Kind.allCases.compactMap { kind in links[kind].map { "\(kind.rawValue, to: $0)" as RichText } }
        return "Messages: " + RichText(Array(texts.map(\.spans).joined(separator: [.plain(" · ")])))
    }
}
