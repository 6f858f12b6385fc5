import BotCore

/// A store whose history can be verified: row by row, with every column as it is stored.
package protocol HistoryInspection: BotStore {
    /// Reads the rows of the history after a number, ascending, at most `limit`.
    func storedHistory(after seq: Int, limit: Int) async throws -> [StoredEntry]
}
