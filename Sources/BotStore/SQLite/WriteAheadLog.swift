import CSQLite
import GRDB

/// How long SQLite's write-ahead log is. Used on the writer's thread only, and lives as long as the connection.
final class WriteAheadLog {
    /// In the log since it last began anew.
    private(set) var pages = 0

    /// Hears of every commit of a connection from now on. Takes the place of SQLite's automatic checkpoints.
    func follow(_ db: Database) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_wal_hook(
            db.sqliteConnection,
            { context, _, _, pages in
                if let context { Unmanaged<WriteAheadLog>.fromOpaque(context).takeUnretainedValue().pages = Int(pages) }
                return SQLITE_OK
            },
            context
        )
    }
}
