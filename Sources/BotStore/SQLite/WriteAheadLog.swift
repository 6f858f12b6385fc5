import CSQLite
import GRDB

/// Follows the length of SQLite's write-ahead log. It is used on the writer's thread only, and must live as long as the
/// connection.
final class WriteAheadLog {
    /// The number of pages in the log since it last began anew.
    private(set) var pages = 0

    /// Follows every commit of a connection from now on. This replaces the hook of SQLite's automatic checkpoints.
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
