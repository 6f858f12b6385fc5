import BotCore

/// Records, at a start, that the history is told in another channel than before. What the earlier channel remembers is not
/// compared any more, so everybody must be able to see when that was.
struct MovedHistoryChannel {
    let recorder: ChangeRecorder
    /// The digest of the policy in force.
    let policy: String

    func record() throws {
        let now = recorder.historyChannels.values.sorted { $0.description < $1.description }
        let before = try recorder.writer.historyChannels()
        guard before != now else { return }
        try recorder.writer.setHistoryChannels(now)
        guard let before else { return }
        let outcome =
            "The history is told \(Self.place(now)) from now on. Before, it was told \(Self.place(before))."
        let head = try recorder.writer.append(
            HistoryEntry(
                at: recorder.now,
                kind: .reloaded,
                actor: .bot,
                policy: policy,
                detail: ["outcome": .string(outcome)]
            )
        )
        try recorder.announce(head, by: .bot)
    }

    private static func place(_ channels: [Channel]) -> String {
        channels.isEmpty ? "nowhere" : "in " + channels.map(\.description).joined(separator: " and ")
    }
}
