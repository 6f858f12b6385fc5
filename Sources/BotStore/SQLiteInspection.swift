import BotCore

/// What only the SQLite stores can be asked: for verifying and for `doctor`.
package protocol SQLiteInspection: BotStore {
    /// The rows of the history after a number, ascending, with every column as it is stored.
    func storedHistory(after seq: Int, limit: Int) async throws -> [StoredEntry]

    /// What SQLite's own check finds wrong with the file; empty if nothing is. Reads the whole file.
    func damage() async throws -> [String]
}
