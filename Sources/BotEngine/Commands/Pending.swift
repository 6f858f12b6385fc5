import BotCore

/// `pending`: the changes that have not ended, those first that wait for whoever asks.
package struct Pending: Command, Question {
    package static let form = CommandForm(
        "pending",
        summary: "what waits for you, and the other changes that have not ended",
        topic: .look,
        examples: ["pending"]
    )

    /// The most changes that are listed in one part.
    private static let mostListed = 20
    /// The most changes that have buttons, so that a platform shows each with its text.
    private static let mostWithButtons = 8
    /// The most changes of which it is worked out for whom they wait.
    static let mostJudged = 300

    package init() {}

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        try words.end(example: "pending")
        return Self()
    }

    var cluster: Cluster? { nil }

    func answer(_ asking: Asking) async throws -> Reply {
        let (rules, now) = (asking.rules, asking.context.clock.now)
        let found = try await asking.context.store.read { reader in
            let open = try reader.changes(in: [.preparing, .pending, .ready, .sending, .unknown]).filter {
                asking.mayNotRead($0.cluster) == nil
            }
            let notes = try reader.notes(on: open, rules, at: now)
            // Newer ones come first to whoever has hundreds.
            let mine = try open.suffix(Self.mostJudged).filter {
                try Self.waits($0, for: asking.actor, reader, rules, now)
            }
            // Only what was shown can be agreed to.
            let shown = try mine.suffix(Self.mostWithButtons).filter { change in
                try change.state == .unknown || reader.posts(of: change.id).contains { $0.showsPlan && $0.posted > 0 }
            }
            let ids = Set(mine.map(\.id))
            let listed = mine.suffix(Self.mostListed) + open.filter { !ids.contains($0.id) }.suffix(Self.mostListed)
            let standings = try listed.map { ($0.id, try reader.standing(of: $0, rules, at: now)) }
            return (
                open: open, mine: ids, shown: Set(shown.map(\.id)), notes: notes,
                standings: Dictionary(standings) { first, _ in first }
            )
        }
        guard !found.open.isEmpty else { return Reply(Message("Nothing is waiting.")) }
        func part(_ title: String, _ changes: [Change]) -> [Message.Block] {
            guard !changes.isEmpty else { return [] }
            let shown = changes.suffix(Self.mostListed)
            let lines = shown.flatMap { change -> [Message.Block] in
                let line = Message.Block.text(
                    Self.line(change, found.standings) + RichText(marked: found.notes[change.id] ?? "")
                )
                let isTheirs = rules.policy.isSamePerson(change.requester, asking.actor)
                let buttons =
                    found.shown.contains(change.id) && !asking.inbound.isDirect
                    ? ChangeButtons(change).all.filter { [.confirm, .cancel].contains($0.kind) == isTheirs } : []
                return buttons.isEmpty ? [line] : [line, .buttons(buttons)]
            }
            let more = changes.count - shown.count
            return [.heading(title)] + (more > 0 ? [.text("… and \(more) older ones")] : []) + lines
        }
        let mine = found.open.filter { found.mine.contains($0.id) }
        let others = found.open.filter { !found.mine.contains($0.id) }
        return Reply(
            Message(
                summary: "\(mine.count) for you, \(others.count) waiting for others",
                blocks: part("For you", mine) + part(mine.isEmpty ? "Open changes" : "Other open changes", others)
            )
        )
    }

    /// Returns whether a change waits for this person: to approve it, to confirm it, or to say what came of it.
    static func waits(
        _ change: Change,
        for actor: Actor,
        _ reader: any StoreReader,
        _ rules: Rulebook,
        _ now: Timestamp
    ) throws -> Bool {
        switch change.state {
        case .pending where rules.policy.isSamePerson(change.requester, actor):
            return change.waitsForRequester
        case .pending:
            guard let name = rules.policy.name(of: actor) else { return false }
            return Deciders(change, try reader.approvals(of: change.id), rules, now: now).people.contains(name)
        case .unknown:
            guard let name = rules.policy.name(of: actor) else { return false }
            return rules.possibleJudges(change).contains { (rules.policy.people[$0] ?? $0.description) == name }
        default: return false
        }
    }

    /// `#2 restart prod-train, controller and all 12 nodes – waits for a lead until 15:41, asked by amy`
    static func line(_ change: Change, _ standings: [Int: String]) -> RichText {
        let until: RichText = change.state == .pending ? change.expiresAt.map { " until \($0)" } ?? "" : ""
        return
            "\(strong: "#\(change.id)") \(change.title) – \(RichText(marked: standings[change.id] ?? change.standing))\(until), asked by \(change.requester)"
    }
}
