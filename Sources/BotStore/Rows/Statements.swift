import BotCore
import GRDB
import GRDBSQLite

/// The prepared statements of one connection, and what went wrong with it. Lives as long as one closure.
///
/// GRDB prepares and keeps them. They are bound and stepped here, because a command is a dozen small statements and what a
/// general library does around each of them would cost more than SQLite itself.
final class Statements {
    let db: Database
    /// The first error that was not about a single row. After it nothing more is done: SQLite may have rolled back, and a
    /// closure that went on regardless would leave half of itself behind.
    private(set) var failure: DatabaseError?
    /// What the writer's thread has to know about what was done: see ``WriterLoop``.
    var growsHistory = false
    var addsIntent = false
    /// What is known of the ends of the tables. Only where nobody else can have written since.
    var ends = Ends()

    /// The ends of the tables that only grow; nil where they must be looked up.
    struct Ends {
        var history: HistoryHead?
        var lastChange: Int?
    }

    init(_ db: Database) {
        self.db = db
    }

    /// Runs a statement that changes rows, and says how many.
    @discardableResult
    func execute(_ sql: String, _ values: [StoredValue] = []) throws -> Int {
        try guarded {
            let statement = try prepared(sql, values)
            defer { sqlite3_reset(statement) }
            while try hasRow(statement, sql) {}
            return Int(sqlite3_changes(db.sqliteConnection))
        }
    }

    /// Every row that a query finds.
    func all<Value>(
        _ sql: String,
        _ values: [StoredValue],
        _ decode: (inout StoredRow) throws -> Value
    ) throws -> [Value] {
        try guarded {
            let statement = try prepared(sql, values)
            defer { sqlite3_reset(statement) }
            var found: [Value] = []
            while try hasRow(statement, sql) {
                var row = StoredRow(statement)
                found.append(try decode(&row))
            }
            return found
        }
    }

    /// The first row that a query finds.
    func first<Value>(
        _ sql: String,
        _ values: [StoredValue],
        _ decode: (inout StoredRow) throws -> Value
    ) throws -> Value? {
        try guarded {
            let statement = try prepared(sql, values)
            defer { sqlite3_reset(statement) }
            guard try hasRow(statement, sql) else { return nil }
            var row = StoredRow(statement)
            return try decode(&row)
        }
    }

    /// Runs a statement that belongs to the transaction itself: its errors are not a closure's.
    func control(_ sql: String) throws(DatabaseError) {
        let statement: OpaquePointer
        do {
            statement = try db.cachedStatement(sql: sql).sqliteStatement
        } catch {
            throw error as? DatabaseError ?? DatabaseError(resultCode: .SQLITE_INTERNAL, message: "\(error)")
        }
        defer { sqlite3_reset(statement) }
        let result = sqlite3_step(statement)
        guard result == SQLITE_DONE else { throw self.error(result, sql) }
    }

    private func prepared(_ sql: String, _ values: [StoredValue]) throws -> OpaquePointer {
        let statement = try db.cachedStatement(sql: sql).sqliteStatement
        for (index, value) in values.enumerated() {
            let result = value.bind(to: statement, at: Int32(index + 1))
            guard result == SQLITE_OK else { throw error(result, sql) }
        }
        return statement
    }

    /// Steps to the next row; false at the end.
    private func hasRow(_ statement: OpaquePointer, _ sql: String) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let result: throw error(result, sql)
        }
    }

    private func error(_ result: CInt, _ sql: String) -> DatabaseError {
        let message = sqlite3_errmsg(db.sqliteConnection).map { String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: result), message: message, sql: sql)
    }

    private func guarded<Value>(_ body: () throws -> Value) throws -> Value {
        if let failure { throw StoreError(failure) }
        do {
            return try body()
        } catch let error as DatabaseError {
            if error.resultCode != .SQLITE_CONSTRAINT { failure = error }
            throw StoreError(error)
        }
    }
}
