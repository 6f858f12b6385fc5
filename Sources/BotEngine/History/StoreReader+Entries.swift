import BotCore

extension StoreReader {
    /// The reason that somebody gave with the decision that ended a change; nil if none was given.
    func verdictReason(of change: Change) throws -> String? {
        try recordedEntry(of: change)?.texts["reason"]?.text
    }

    /// The entry that recorded what came of a change; nil while nothing is recorded.
    func recordedEntry(of change: Change) throws -> ChainedEntry? {
        guard let seq = change.recorded?.seq else { return nil }
        return try history(from: seq, limit: 1).first { $0.seq == seq }
    }
}
