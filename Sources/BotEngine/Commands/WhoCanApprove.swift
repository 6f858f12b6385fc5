import BotCore

/// `who can approve 42 restart cluster`: the people who could approve if this person asked.
package struct WhoCanApprove: Command, Question {
    package static let form = CommandForm(
        "who",
        "can",
        "approve",
        summary: "the people who could approve a change if you asked for it",
        topic: .rights,
        examples: ["who can approve {cluster} restart cluster"],
        isAboutCommand: true
    )

    package let asked: AskedChange

    package init(asked: AskedChange) { self.asked = asked }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        Self(asked: try grammar.askedChange(&words, behind: "who can approve "))
    }

    var cluster: Cluster? { asked.cluster }

    func unknown(_ rules: Rulebook, _ actor: Actor, in channel: Channel) -> Set<UserGroup> {
        rules.unknown(asked, by: actor, in: channel)
    }

    func answer(_ asking: Asking) async throws -> Reply {
        guard case .allowed(let permits) = asking.decide(asked) else {
            return try await Why(asked: asked).answer(asking)
        }
        if permits.contains(where: { $0.needs == .nothing }) {
            return Reply("`\(asked.title)` runs at once; nobody has to approve it.")
        }
        if permits.contains(where: { $0.needs == .confirmation }) {
            return Reply("`\(asked.title)` needs \(permits.sentenceToAsker).")
        }
        let policy = asking.rules.policy
        let people = policy.possibleApprovers(permits, requester: asking.actor).filter { name in
            policy.mayRead(policy.actor(named: name), channel: asking.channel, cluster: asked.cluster) == nil
        }.sorted()
        let names = people.isEmpty ? "nobody: the groups are empty but for you" : people.joined(separator: ", ")
        let unknown = policy.unknown(in: permits.groupsAsked)
        let notKnown = unknown.isEmpty ? "" : " \(policy.userGroups.unknownSentence(unknown))"
        return Reply("`\(asked.title)` needs \(permits.sentenceToAsker). Can approve: \(names).\(notKnown)")
    }
}
