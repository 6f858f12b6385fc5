import BotCore

/// `unfreeze F1 ["why"]`: a freeze ends. Without a name it lists them.
package struct Unfreeze: Command, ClosingCommand {
    package static let form = CommandForm(
        "unfreeze",
        summary: "end a freeze early",
        topic: .close,
        examples: ["unfreeze F1"]
    )
    static let isLimited = false

    /// `F1`, or the name of a freeze of the configuration; nil: none was given.
    package let name: String?
    package let reason: String?

    package init(name: String?, reason: String? = nil) {
        self.name = name
        self.reason = reason
    }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        words.dropPoliteWords()
        let right = #"unfreeze F1 "the release is out""#
        let name = grammar.freezeName(&words)
        let said = try grammar.closing(&words, behind: "unfreeze", right: right, deciding: "unfreezing")
        return Self(name: name, reason: said.reason)
    }

    func carryOut(by actor: Actor, in channel: Channel, at desk: ClosingDesk) throws -> DecisionResult {
        guard desk.rules.policy.isKnown(actor) else { return .notDone(desk.unlisted(actor, channel)) }
        let open = try open(desk)
        guard let freeze = open.first(where: { $0.name.lowercased() == name?.lowercased() }),
            isVisible(freeze, actor, channel, desk)
        else {
            let names = open.filter { isVisible($0, actor, channel, desk) }.map { "`\($0.name)`" }
            let there = names.isEmpty ? "" : "; there is \(names.joined(separator: ", "))"
            return .notDone("There is no freeze `\(name ?? "")` that can be ended now\(there).")
        }
        let word = desk.rules.commandWords[channel]
        let isOwn = freeze.author.map { desk.rules.policy.isSamePerson($0, actor) } ?? false
        var rule: String?
        if !isOwn {
            switch desk.decide(Right.freeze, by: actor, on: desk.rules.covered(by: freeze), in: channel) {
            case .refused(let reason): return .notDone("\(reason) The freeze goes on.")
            case .allowed(let name): rule = name
            }
            guard reason != nil else {
                let whose = freeze.author.map { "\($0.shownName) froze it" } ?? "It stands in the configuration"
                let typed = freeze.author == nil ? "\"\(freeze.name)\"" : freeze.name
                return .notDone("\(whose). To end it all the same, say why: `\(word) unfreeze \(typed) \"…\"`")
            }
        }
        try desk.end(freeze, by: actor, in: channel, reason: reason, rule: rule)
        return .done("the freeze \(freeze.shownName) of \(freeze.scopeText(desk.rules)) has ended.")
    }

    /// Returns the freezes that can be ended: those in force, and those of the configuration that people were told of.
    private func open(_ desk: ClosingDesk) throws -> [Freeze] {
        let told = try desk.writer.toldFreezes().filter { !$0.isOver }
        let soon = desk.rules.freezes.filter { freeze in
            desk.now < freeze.from && told.contains { $0.isAbout(freeze) }
        }
        return try desk.writer.freezes(desk.rules, at: desk.now) + soon
    }

    /// Returns whether a freeze concerns a cluster that the person may read.
    private func isVisible(_ freeze: Freeze, _ actor: Actor, _ channel: Channel, _ desk: ClosingDesk) -> Bool {
        let covered = desk.rules.covered(by: freeze)
        return covered.isEmpty
            || covered.contains { desk.rules.policy.mayRead(actor, channel: channel, cluster: $0) == nil }
    }
}

extension Freeze {
    /// Whoever typed it; nil if it stands in the configuration.
    var author: Actor? { if case .chat(let author, _, _) = source { author } else { nil } }
}
