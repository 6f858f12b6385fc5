import BotCore

/// What only a store in a file can be asked: for backups and for `doctor`.
package protocol SQLiteInspection: HistoryInspection {
    /// What SQLite's own check finds wrong with the file; empty if nothing is. Reads the whole file.
    func damage() async throws -> [String]
}
