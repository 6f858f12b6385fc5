import BotCore

/// `history [N]` and `42 history [N]`: the newest entries, of everything or of one cluster.
package struct History: Command, Question {
    package static let form = CommandForm(
        "history",
        summary: "what was done, the newest last",
        place: .either,
        topic: .look,
        examples: ["{cluster} history", "history 20"]
    )

    /// The number of entries without an argument.
    private static let usual = 10
    /// The most entries that can be asked for.
    private static let most = 50

    package let cluster: Cluster?
    package let count: Int

    package init(cluster: Cluster?, count: Int) {
        self.cluster = cluster
        self.count = count
    }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        let example = (cluster.map { "\($0.id) " } ?? "") + "history 20"
        words.context = example
        words.dropPoliteWords()
        guard !words.isEmpty else { return Self(cluster: cluster, count: usual) }
        let count = try words.number("how many entries")
        guard count <= most else {
            throw WrongInput("At most \(most) entries fit into a message.", example: example)
        }
        try words.end(example: example)
        return Self(cluster: cluster, count: count)
    }

    func answer(_ asking: Asking) async throws -> Reply {
        let entries = try await asking.context.store.read { [count, cluster] in
            try $0.newestHistory(count, cluster: cluster?.id)
        }.filter { entry in
            // A cluster that is no longer configured is asked about, too.
            entry.record?.cluster.map { asking.mayNotRead($0) == nil } ?? true
        }
        let title = cluster.map { "History of \($0.title)" } ?? "History"
        guard !entries.isEmpty else { return Reply(Message("\(title): nothing yet.")) }
        return Reply(
            Message(
                summary: "\(title): \(entries.count) entries",
                blocks: [.heading(title)] + Message.newest(entries.map(\.historyLine))
            )
        )
    }
}
