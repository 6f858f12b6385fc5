import BotCore

/// `pending`: the changes that have not ended.
package struct Pending: Command, Question {
    package static let form = CommandForm(
        "pending",
        summary: "the changes that have not ended",
        topic: .look,
        examples: ["pending"]
    )

    /// The most changes that are listed in one message.
    private static let mostListed = 20

    package init() {}

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        try words.end(example: "pending")
        return Self()
    }

    var cluster: Cluster? { nil }

    func answer(_ asking: Asking) async throws -> Reply {
        let (rules, now) = (asking.rules, asking.context.clock.now)
        let (all, notes) = try await asking.context.store.read { reader in
            let open = try reader.changes(in: [.preparing, .pending, .ready, .sending, .unknown])
            return (open, try reader.notes(on: open, rules, at: now))
        }
        let open = all.filter { asking.mayNotRead($0.cluster) == nil }
        guard !open.isEmpty else { return Reply(Message("Nothing is waiting.")) }
        let lines = open.suffix(Self.mostListed).map { change -> Message.Block in
            .text(
                "\(strong: "#\(change.id)") \(change.title) – \(change.state.rawValue), asked by \(change.requester)"
                    + RichText(marked: notes[change.id] ?? "")
            )
        }
        let more = open.count - lines.count
        let blocks: [Message.Block] =
            [.heading("Open changes")] + (more > 0 ? [.text("… and \(more) older ones")] : []) + lines
        return Reply(Message(summary: "\(open.count) open changes", blocks: blocks))
    }
}
