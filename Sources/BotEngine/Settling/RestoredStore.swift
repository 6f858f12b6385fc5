import BotCore

/// What becomes of a store that is older than what was once in it: in the time that it forgot, what it holds as open may
/// have been done or withdrawn.
struct RestoredStore {
    let hold: StoreHold
    let recorder: ChangeRecorder

    /// Ends everything that it holds as open and was not sent, and says so in the history. A second time it finds nothing.
    func void() throws {
        let open = try recorder.writer.changes(in: [.preparing, .pending, .ready])
        try recorder.writer.append(
            HistoryEntry(
                at: recorder.now,
                kind: .restored,
                actor: .bot,
                detail: [
                    "remembered": .string(hold.remembered.short), "found": .string(hold.found.short),
                    "outcome": .string(hold.sentence),
                ]
            )
        )
        for var change in open {
            change.outcome = hold.sentence
            try recorder.apply(.refused, to: &change, .init(by: .bot))
        }
    }
}
