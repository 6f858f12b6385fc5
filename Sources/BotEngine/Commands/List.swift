import BotCore

/// `list`: the clusters that the person may read.
package struct List: Command, Question {
    package static let form = CommandForm(
        "list",
        summary: "the clusters that you may see",
        topic: .look,
        examples: ["list"]
    )

    package init() {}

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        try words.end(example: "list")
        return Self()
    }

    var cluster: Cluster? { nil }

    func answer(_ asking: Asking) async throws -> Reply {
        let (rules, now) = (asking.rules, asking.context.clock.now)
        let closed = try await asking.context.store.read { reader in
            try rules.clusters.map { ($0.id, try reader.closures(of: $0, rules, at: now).map(\.note)) }
        }
        let notes = Dictionary(closed, uniquingKeysWith: { first, _ in first })
        let lines = asking.rules.clusters.filter { asking.mayNotRead($0) == nil }.map { cluster -> Message.Block in
            let labels = cluster.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
                separator: " "
            )
            return .text(
                "\(strong: cluster.title) – project \(cluster.project)\(labels.isEmpty ? "" : ", \(labels)")"
                    + RichText(marked: (notes[cluster.id] ?? []).map { " – \($0)" }.joined())
            )
        }
        return Reply(
            Message(summary: "\(lines.count) clusters", blocks: [.heading("Clusters")] + Message.limited(lines))
        )
    }
}
