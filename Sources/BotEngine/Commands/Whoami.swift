import BotCore

/// `whoami`: the person and the groups behind an account.
package struct Whoami: Command, Question {
    package static let form = CommandForm(
        "whoami",
        summary: "who you are here, and in which groups",
        topic: .look,
        examples: ["whoami"]
    )
    static let needsReading = false

    package init() {}

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        try words.end(example: "whoami")
        return Self()
    }

    var cluster: Cluster? { nil }

    func unknown(_ rules: Rulebook, _ actor: Actor, in channel: Channel) -> Set<UserGroup> {
        rules.policy.unknown(of: actor)
    }

    func answer(_ asking: Asking) -> Reply {
        let policy = asking.rules.policy
        let account = asking.actor.account.map { "\($0)" } ?? "?"
        let unknown = policy.unknown(of: asking.actor)
        let notKnown = unknown.isEmpty ? "" : " \(policy.userGroups.unknownSentence(unknown))"
        guard policy.isKnown(asking.actor), let name = policy.name(of: asking.actor) else {
            return Reply(policy.notSetUp(asking.actor))
        }
        let groups = policy.groups.keys.filter { policy.members(of: $0).contains(name) }.sorted()
        let member = groups.isEmpty ? "in no group" : "in \(groups.joined(separator: ", "))"
        guard let person = asking.actor.person else {
            return Reply("Your account `\(account)` is \(member). Nobody lists it under `people`.\(notKnown)")
        }
        return Reply("You are \(person) (`\(account)`), \(member).\(notKnown)")
    }
}
