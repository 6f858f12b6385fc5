import BotCore

/// `locks`: the locks that are held, of the clusters that the person may read.
package struct Locks: Command, Question {
    package static let form = CommandForm(
        "locks",
        summary: "which clusters are locked, by whom and until when",
        topic: .look,
        examples: ["locks"]
    )

    package init() {}

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        try words.end(example: "locks")
        return Self()
    }

    var cluster: Cluster? { nil }

    func answer(_ asking: Asking) async throws -> Reply {
        let now = asking.context.clock.now
        let locks = try await asking.context.store.read { try $0.locks() }
            .filter { $0.isInForce(at: now) && asking.mayNotRead($0.cluster) == nil }
        guard !locks.isEmpty else { return Reply(Message("Nothing is locked.")) }
        let lines = locks.map { lock -> Message.Block in
            .text(
                "🔒 \(strong: lock.cluster.title) – by \(lock.holder) since \(lock.since) until \(lock.until): “\(lock.reason)”"
            )
        }
        return Reply(Message(summary: "\(locks.count) locked", blocks: [.heading("Locks")] + Message.limited(lines)))
    }
}
