import BotCore

extension StoreReader {
    /// Returns the end of the history as posts in the history channel carry it.
    /// - Parameter change: the change that the post is about. What was being sent when the store came to be held tells of a
    ///   request that left, and must hold other copies.
    func toldHead(about change: Int? = nil) throws -> ToldHead {
        var isHeld = false
        if let hold = try hold() {
            isHeld = true
            if let change, let intent = try intent(of: change) {
                isHeld = intent.endedAt.map { $0 < hold.noticedAt } ?? false
            }
        }
        return ToldHead(store: try identity().id, head: try historyHead(), isHeld: isHeld)
    }

    /// Returns the reason that somebody gave with the decision that ended a change; nil if none was given.
    func verdictReason(of change: Change) throws -> String? {
        try recordedEntry(of: change)?.texts["reason"]?.text
    }

    /// Returns the number of the change that was opened in the place of a superseded one; nil if none was.
    package func replacement(of change: Change) throws -> Int? {
        change.state == .superseded ? try recordedEntry(of: change)?.record?.replacedBy : nil
    }

    /// Returns the entry that recorded how a change ended, or that its outcome is unknown; nil while there is none.
    func recordedEntry(of change: Change) throws -> ChainedEntry? {
        guard let seq = change.recorded?.seq else { return nil }
        return try history(from: seq, limit: 1).first { $0.seq == seq }
    }
}
