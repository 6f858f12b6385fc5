import BotCore

/// `freezes`: the freezes in force and those to come, as far as they concern clusters that the person may read.
package struct Freezes: Command, Question {
    package static let form = CommandForm(
        "freezes",
        summary: "what is frozen now or soon, by whom and until when",
        topic: .look,
        examples: ["freezes"]
    )

    package init() {}

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        try words.end(example: "freezes")
        return Self()
    }

    var cluster: Cluster? { nil }

    func answer(_ asking: Asking) async throws -> Reply {
        let (now, rules) = (asking.context.clock.now, asking.rules)
        let (present, told) = try await asking.context.store.read { reader in
            (try reader.freezes(rules, at: now), try reader.toldFreezes())
        }
        let later = rules.freezes.filter { freeze in
            now < freeze.from && !told.contains { $0.isAbout(freeze) && $0.endedAt != nil }
        }
        let shown = (present + later.sorted { $0.from < $1.from }).filter { freeze in
            let covered = rules.covered(by: freeze)
            return covered.isEmpty || covered.contains { asking.mayNotRead($0) == nil }
        }
        guard !shown.isEmpty else { return Reply(Message("Nothing is frozen.")) }
        let lines = shown.map { freeze in Message.Block.text(line(freeze, isNow: freeze.isInForce(at: now), rules)) }
        return Reply(
            Message(
                summary: shown.count == 1 ? "1 freeze" : "\(shown.count) freezes",
                blocks: [.heading("Freezes")] + Message.limited(lines)
            )
        )
    }

    private func line(_ freeze: Freeze, isNow: Bool, _ rules: Rulebook) -> RichText {
        let when: RichText = isNow ? "until \(freeze.until)" : "from \(freeze.from) until \(freeze.until)"
        let start: RichText = "❄️ \(strong: freeze.name) – \(freeze.scopeText(rules)) \(when)"
        guard case .chat(let author, let reason, _) = freeze.source else {
            return start + ", in the configuration\(freeze.exceptions == nil ? "" : ", with exceptions")"
        }
        return start + ", by \(author): “\(reason)”"
    }
}
