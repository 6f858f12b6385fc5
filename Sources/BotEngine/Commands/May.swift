import BotCore

/// `may` and `42 may`: what the person may do here, and what it needs.
package struct May: Command, Question {
    package static let form = CommandForm(
        "may",
        summary: "what you may do, and what it needs",
        place: .either,
        topic: .rights,
        examples: ["may", "{cluster} may"]
    )

    package let cluster: Cluster?

    package init(cluster: Cluster?) { self.cluster = cluster }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        words.dropPoliteWords()
        try words.end(example: (cluster.map { "\($0.id) " } ?? "") + "may")
        return Self(cluster: cluster)
    }

    func unknown(_ rules: Rulebook, _ actor: Actor, in channel: Channel) -> Set<UserGroup> {
        rules.policy.unknown(of: actor)
    }

    func answer(_ asking: Asking) -> Reply {
        let clusters = (cluster.map { [$0] } ?? asking.rules.clusters).filter { asking.mayNotRead($0) == nil }
        let allowances = Allowances(
            rules: asking.rules,
            actor: asking.actor,
            clusters: clusters.map(asking.rules.present)
        )
        var lines = allowances.lines(in: asking.channel)
        let elsewhere = allowances.channelsWithMore(than: asking.channel)
        let places = elsewhere.prefix(Self.mostPlaces).map { "`\(asking.rules.policy.name(of: $0))`" }
            .joined(separator: " or ")
        let target = cluster.map { " on \($0.title)" } ?? ""
        if lines.isEmpty, let first = elsewhere.first {
            lines =
                ["You may change nothing\(target) from here. In \(RichText(marked: places)) you may:"]
                + allowances.lines(in: first)
        } else if lines.isEmpty {
            lines = [RichText(marked: "You may change nothing\(target).\(asking.rules.policy.contactSentence)")]
        } else if !elsewhere.isEmpty {
            lines.append(RichText(marked: "In \(places) you may do more."))
        }
        if asking.inbound.isDirect {
            lines.insert("Ask for changes in a channel; here I only answer questions.", at: 0)
        }
        return Reply(Message(summary: "What you may do\(target)", blocks: lines.map { .text($0) }))
    }

    /// The most other channels that are named.
    private static let mostPlaces = 3
}
