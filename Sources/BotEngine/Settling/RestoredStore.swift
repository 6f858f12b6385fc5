import BotCore

/// Ends what is open in a store that was put back, by its marker or by what a history channel knows. Since its copy was
/// made, those changes may have been carried out or withdrawn.
struct RestoredStore {
    let hold: StoreHold
    let recorder: ChangeRecorder
    /// Why nothing is sent.
    let sentence: String

    init(hold: StoreHold, recorder: ChangeRecorder, sentence: String? = nil) {
        self.hold = hold
        self.recorder = recorder
        self.sentence = sentence ?? hold.sentence
    }

    private var kind: HistoryEntry.Kind { hold.fork == nil ? .restored : .held }

    /// Whether it was done already, by this process or an earlier one.
    private func isVoid() throws -> Bool {
        guard try recorder.writer.changes(in: [.preparing, .pending, .ready]).isEmpty else { return false }
        let last = try recorder.writer.newestHistoryOfNoChange(1, cluster: nil).last?.record
        return last?.kind == kind.rawValue && last?.outcome == sentence
    }

    /// Refuses every open change that was not sent, and appends an entry about the restore to the history.
    /// - Parameter isAnnounced: whether the history channel hears of the hold.
    func void(isAnnounced: Bool = true) throws {
        guard try !isVoid() else { return }
        let open = try recorder.writer.changes(in: [.preparing, .pending, .ready])
        let head = try recorder.writer.append(
            HistoryEntry(
                at: recorder.now,
                kind: kind,
                actor: .bot,
                detail: [
                    "remembered": .string(hold.accepted.short), "found": .string(hold.found.short),
                    "outcome": .string(sentence),
                ]
            )
        )
        if isAnnounced { try recorder.announce(head, by: .bot) }
        // What was followed then has long come back, or has not.
        for following in try recorder.writer.followings() { try recorder.writer.endFollowing(of: following.cluster) }
        for var change in open {
            change.outcome = sentence
            try recorder.apply(.refused, to: &change, .init(by: .bot))
        }
    }
}
