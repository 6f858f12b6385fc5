import BotCore

extension StoreReader {
    /// Returns the end of the history as posts in the history channel carry it.
    /// - Parameter standing: what is known of the history channels: before they were read back, nothing is sent either.
    func toldHead(_ standing: ChannelStanding) throws -> ToldHead {
        let isHeld = try standing != .isPassed || hold() != nil
        return ToldHead(store: try identity().id, head: try historyHead(), isHeld: isHeld)
    }

    /// Returns the reason that somebody gave with the decision that ended a change; nil if none was given.
    func verdictReason(of change: Change) throws -> String? {
        try recordedEntry(of: change)?.texts["reason"]?.text
    }

    /// Returns the entry that recorded how a change ended, or that its outcome is unknown; nil while there is none.
    func recordedEntry(of change: Change) throws -> ChainedEntry? {
        guard let seq = change.recorded?.seq else { return nil }
        return try history(from: seq, limit: 1).first { $0.seq == seq }
    }
}
