import BotCore

/// `why 42 restart cluster`: says what the policy decides on a request, and by which rule.
package struct Why: Command, Question {
    package static let form = CommandForm(
        "why",
        summary: "by which rule something is allowed or refused",
        topic: .rights,
        examples: ["why {cluster} restart cluster"],
        isAboutCommand: true
    )

    package let asked: AskedChange

    package init(asked: AskedChange) { self.asked = asked }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        Self(asked: try grammar.askedChange(&words, behind: "why "))
    }

    var cluster: Cluster? { asked.cluster }

    func unknown(_ rules: Rulebook, _ actor: Actor, in channel: Channel) -> Set<UserGroup> {
        rules.unknown(asked, by: actor, in: channel)
    }

    func answer(_ asking: Asking) async throws -> Reply {
        switch asking.decide(asked) {
        case .refused(let refusal):
            return Reply("`\(asked.title)` would be refused. \(refusal.sentence)")
        case .allowed(let permits):
            let closed = try await asking.closed(asked).map { " \($0)" } ?? ""
            let ways = permits.map {
                "\($0.needs == .nothing ? "it runs at once" : "it needs \($0.needs.sentenceToAsker)"), by \($0.sentence)"
            }
            let lack = asking.rules.policy.reasons.lack(of: asked.action, reason: asked.reason)
            return Reply(
                "`\(asked.title)` is allowed: \(ways.joined(separator: "; or ")).\(lack.map { " It \($0)." } ?? "")\(closed)"
            )
        }
    }
}
