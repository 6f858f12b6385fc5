import BotCore
import CSQLite
import CrashPoints
import GRDB

/// Opens the store's file with its settings, and checks it before it is used.
enum StoreOpening {
    /// `clbt` as a number, by which a clusterbot store is told from every other SQLite file.
    static let applicationID = 0x636c_6274
    /// The longest wait for a lock. With the write-ahead log readers never wait for the writer; this is for moments in
    /// which another process reads or recovers.
    private static let busySeconds = 5.0
    /// The most that read at once; more wait their turn.
    private static let readers = 4
    /// The page cache of the writer: enough for the upper levels of every index of millions of rows. SQLite's default
    /// is 2 MiB.
    private static let writerCacheKiB = 16 * 1024
    /// The size to which the write-ahead log shrinks after a reader kept it from being emptied.
    private static let walBytesKept = 64 * 1024 * 1024

    /// Opens the writing connection and the readers, checks the settings, and runs all migrations.
    static func openForWriting(_ path: String) throws(StoreError) -> DatabasePool {
        _ = withoutMemoryStatistics
        return try opening(path) {
            try claim(path)
            CrashPoint.storeClaimed.pass()
            var configuration = settings()
            configuration.maximumReaderCount = readers
            // The writer begins and ends its transactions itself; see ``WriterLoop``.
            configuration.allowsUnsafeTransactions = true
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.writeWithoutTransaction { db in
                // GRDB sets NORMAL whenever it turns the write-ahead log on, so this comes after opening. NORMAL may
                // lose commits in a power cut, and the promise "at most once" stands on them.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // The writer runs checkpoints between commits, because SQLite's automatic ones run within commits and
                // drop their errors.
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
                // The pages for undoing a statement or a savepoint are kept in memory. There are few, and SQLite would
                // write them to a file.
                try db.execute(sql: "PRAGMA temp_store = MEMORY")
                try db.execute(sql: "PRAGMA cache_size = \(-writerCacheKiB)")
                try db.execute(sql: "PRAGMA journal_size_limit = \(walBytesKept)")
                try checkDurability(db)
            }
            try checkSchema(pool, mayBeOlder: true)
            try migrate(pool)
            CrashPoint.migrationDone.pass()
            return pool
        }
    }

    /// Brings the tables up to date.
    ///
    /// Debian's SQLite overwrites what is deleted. A step that rebuilds a table would write all of the old one once more into
    /// the write-ahead log, and keep it in memory until it commits; so that is off for the steps.
    private static func migrate(_ pool: some DatabaseWriter) throws {
        let overwrites = try pool.writeWithoutTransaction { db in
            let before = try number(db, "PRAGMA secure_delete") ?? 1
            try db.execute(sql: "PRAGMA secure_delete = OFF")
            return before
        }
        try Schema.migrator.migrate(pool)
        try pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA secure_delete = \(overwrites)") }
    }

    /// Opens one reading connection, without migrations.
    /// - Parameter mayBeOlder: whether the tables may be those of an earlier version.
    static func openForReading(_ path: String, mayBeOlder: Bool = false) throws(StoreError) -> DatabaseQueue {
        try opening(path) {
            var configuration = settings()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { db in
                guard try number(db, "PRAGMA application_id") == applicationID else { throw notOurs(path) }
            }
            try checkSchema(queue, mayBeOlder: mayBeOlder)
            return queue
        }
    }

    /// Opens a copy that nobody else knows yet, without the write-ahead log, and brings its tables up to date.
    static func openCopy(_ path: String) throws(StoreError) -> DatabaseQueue {
        try opening(path) {
            let queue = try DatabaseQueue(path: path, configuration: settings())
            try migrate(queue)
            return queue
        }
    }

    /// Turns SQLite's memory statistics off, once, before the process uses SQLite. If something used it earlier, they
    /// stay on, which is only slower.
    private static let withoutMemoryStatistics: Void = { _ = csqlite_keep_no_memory_statistics() }()

    /// Returns what SQLite's check finds wrong; empty if nothing.
    /// - Parameter isQuick: whether to leave out comparing the indexes with the tables.
    static func damage(_ db: Database, isQuick: Bool) throws -> [String] {
        let lines = try String.fetchAll(db, sql: isQuick ? "PRAGMA quick_check" : "PRAGMA integrity_check")
        return lines == ["ok"] ? [] : lines
    }

    private static func settings() -> Configuration {
        var configuration = Configuration()
        configuration.label = "clusterbot"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busySeconds)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.execute(sql: "PRAGMA cell_size_check = ON")
            // Reading through mapped memory turns an I/O error into the death of the process.
            try db.execute(sql: "PRAGMA mmap_size = 0")
        }
        return configuration
    }

    /// Marks an empty file as a clusterbot store, and refuses every file of another program. It uses a connection of
    /// its own without the write-ahead log, so that a foreign file stays as it is.
    private static func claim(_ path: String) throws {
        let queue = try DatabaseQueue(path: path, configuration: settings())
        defer { try? queue.close() }
        try queue.writeWithoutTransaction { db in
            if try number(db, "PRAGMA application_id") == applicationID { return }
            // All three are 0 in a new file. The empty database of another program may carry only its marks.
            let marks = ["SELECT count(*) FROM sqlite_master", "PRAGMA application_id", "PRAGMA user_version"]
            for mark in marks where try number(db, mark) != 0 { throw notOurs(path) }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        }
    }

    /// Reads the settings back on which durability depends.
    static func checkDurability(_ db: Database) throws {
        let isDurable =
            try number(db, "PRAGMA synchronous") == 2
            && String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal"
            && number(db, "PRAGMA foreign_keys") == 1
        guard isDurable else {
            throw StoreError(
                .cannotOpen,
                "SQLite did not take the settings that make commits durable (write-ahead log, synchronous=FULL, foreign "
                    + "keys). Put the store on a local disk, and use the system's usual SQLite library."
            )
        }
    }

    private static func checkSchema(_ reader: some DatabaseReader, mayBeOlder: Bool) throws {
        try reader.read { db in
            guard try !Schema.migrator.hasBeenSuperseded(db) else {
                throw StoreError(
                    .cannotOpen,
                    "The store was written by a newer clusterbot. Run that version or a later one; going back needs a "
                        + "backup from before the upgrade."
                )
            }
            guard try mayBeOlder || Schema.migrator.hasCompletedMigrations(db) else {
                throw StoreError(
                    .cannotOpen,
                    "The store was written by an older clusterbot. Start `clusterbot serve` of this version once: it "
                        + "brings the tables up to date."
                )
            }
        }
    }

    private static func number(_ db: Database, _ sql: String) throws -> Int? { try Int.fetchOne(db, sql: sql) }

    private static func notOurs(_ path: String) -> StoreError {
        StoreError(.cannotOpen, "\(path) is not a clusterbot store. Name another file under `store`.")
    }

    /// Turns errors of opening into ``StoreError``.
    private static func opening<Result>(_ path: String, _ body: () throws -> Result) throws(StoreError) -> Result {
        do {
            return try body()
        } catch let error as StoreError {
            throw error
        } catch DatabaseError.SQLITE_NOTADB {
            throw notOurs(path)
        } catch let error as DatabaseError {
            throw StoreError(.cannotOpen, "\(path) cannot be opened. \(StoreError(error).description)")
        } catch {
            throw StoreError(.cannotOpen, "\(path) cannot be opened: \(error)")
        }
    }
}
