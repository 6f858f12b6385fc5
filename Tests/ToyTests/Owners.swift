import BotCore

@testable import BotEngine

/// `owners 42`: the people who may settle an unknown outcome on a cluster. The toy of the handbook's page "Adding a command".
struct Owners: Command, Question {
    static let form = CommandForm(
        "owners",
        summary: "who owns a cluster",
        topic: .rights,
        examples: ["owners {cluster}"]
    )

    private let named: Cluster

    init(of cluster: Cluster) { named = cluster }

    static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self {
        let named = try grammar.cluster(&words, example: "owners 42")
        try words.end(example: "owners \(named.id)")
        return Self(of: named)
    }

    /// Who may not read this cluster is refused before the answer is made.
    var cluster: Cluster? { named }

    func answer(_ asking: Asking) -> Reply {
        let policy = asking.rules.policy
        let people = Set(policy.people.values).sorted().filter { person in
            let actor = Actor(person: person, account: nil, name: person)
            let request = Policy.Request(
                actor: actor,
                channel: asking.channel,
                right: Right.resolve,
                cluster: asking.rules.present(named)
            )
            if case .allowed = policy.decide(request) { return true }
            return false
        }
        return Reply(people.isEmpty ? "Nobody." : people.joined(separator: ", "))
    }
}
