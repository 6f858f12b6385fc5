import BotCore

/// `whoami`: the person and the groups behind an account.
package struct Whoami: Command, Question {
    package static let form = CommandForm("whoami", topic: .look, examples: ["whoami"])
    static let needsReading = false

    package init() {}

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        try words.end(example: "whoami")
        return Self()
    }

    var cluster: Cluster? { nil }

    func answer(_ asking: Asking) -> Reply {
        let policy = asking.rules.policy
        let account = asking.actor.account.map { "\($0)" } ?? "?"
        guard let person = asking.actor.person else {
            return Reply(
                "Your account is `\(account)`. Nobody lists it under `people`, so you may not do or read anything."
                    + policy.contactSentence
            )
        }
        let groups = policy.groups.filter { $0.value.contains(person) }.keys.sorted()
        let member = groups.isEmpty ? "in no group" : "in \(groups.joined(separator: ", "))"
        return Reply("You are \(person) (`\(account)`), \(member).")
    }
}
