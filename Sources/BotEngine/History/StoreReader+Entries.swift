import BotCore

extension StoreReader {
    /// Returns the end of the history as posts in the history channel carry it.
    func toldHead() throws -> ToldHead { ToldHead(store: try identity().id, head: try historyHead()) }

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
