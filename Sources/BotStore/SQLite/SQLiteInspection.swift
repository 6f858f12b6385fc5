import BotCore

/// A store in a SQLite file, for the checks that only a file needs: those of backups and of `doctor`.
package protocol SQLiteInspection: HistoryInspection {
    /// Returns what SQLite's own check finds wrong with the file; empty if nothing. Reads the whole file.
    func damage() async throws -> [String]
}
