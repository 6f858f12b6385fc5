import BotCore

/// `show 17`: the message of a change as it stands now and its steps, for the person who asks alone.
package struct Show: Command, Question {
    package static let form = CommandForm(
        "show",
        summary: "everything about one change",
        topic: .look,
        examples: ["show 17"]
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
        let shown = try await asking.context.store.read { [change] reader -> Message? in
            guard let change = try reader.change(change), rules.mayRead(change, asking.actor, in: asking.channel) else {
                return nil
            }
            var message = ChangeMessage(
                change: change,
                approvals: try reader.approvals(of: change.id),
                verdictReason: try reader.verdictReason(of: change),
                rules: rules,
                now: now
            ).message.withoutButtons
            // Whoever approves by typing may name the plan by these digits.
            if let note = try reader.notes(on: [change], rules, at: now)[change.id] {
                message.blocks.append(.note(RichText(marked: "Waits" + note.dropFirst(" – waits".count))))
            }
            let steps = try reader.history(of: change.id).compactMap(Self.step)
            let left = steps.count - Self.mostSteps
            message.blocks += left > 0 ? [.text("… \(left) earlier steps")] : []
            message.blocks += steps.suffix(Self.mostSteps)
            if let plan = change.plan { message.blocks.append(.note("plan \(code: plan.digest.prefix(12))")) }
            return message
        }
        return shown.map { Reply($0) } ?? .notDone(rules.policy.noSuchChange(change))
    }

    /// The most steps that are shown, the newest.
    private static let mostSteps = 25

    /// `15:08 approved by bob “fine”`
    private static func step(_ entry: ChainedEntry) -> Message.Block? {
        guard let record = entry.record, let at = Timestamp(record.at) else { return nil }
        let said = ["reason", "comment"].compactMap { entry.texts[$0]?.text }.map { " “\($0)”" }.joined()
        let who = record.actorName == Actor.bot.shownName ? "" : " by \(record.actorName)"
        return .text("\(at) \(record.kind.replacing("_", with: " "))\(who)\(said)")
    }
}
