import BotCore
import GRDB
import GRDBSQLite

/// Runs the statements of one closure, and knows what went wrong with them.
///
/// GRDB prepares them. They are bound and stepped here, because a command is a dozen small statements and what a general
/// library does around each of them would cost more than SQLite itself.
final class Statements {
    let db: Database
    private let prepared: PreparedStatements
    /// The first error that was not about a single row. After it nothing more is done: SQLite may have rolled back, and a
    /// closure that went on regardless would leave half of itself behind.
    private(set) var failure: DatabaseError?
    /// What the writer's thread has to know about what was done: see ``WriterLoop``.
    var growsHistory = false
    var addsIntent = false
    /// What the closure wants to be done after the commit.
    var whenStored: [@Sendable () -> Void] = []
    /// What was learned of the tables. Only where nobody else can have written since.
    var known = Known()

    /// What every command asks, and what one of them leaves as it was for the next; nil where it must be looked up.
    struct Known {
        var historyHead: HistoryHead?
        var lastChange: Int?
        var isHeld: Bool?
        var hasUnknownChanges: Bool?
    }

    /// - Parameter prepared: what the connection keeps, where it is used for more than one closure.
    init(_ db: Database, _ prepared: PreparedStatements? = nil) {
        self.db = db
        self.prepared = prepared ?? PreparedStatements(db, isLasting: false)
    }

    /// Runs a statement that changes rows, and says how many.
    @discardableResult
    func execute(_ query: Query, _ values: [StoredValue]) throws -> Int {
        try guarded {
            let statement = try bound(query, values)
            defer { sqlite3_reset(statement) }
            while try hasRow(statement, query) {}
            return Int(sqlite3_changes(db.sqliteConnection))
        }
    }

    /// Every row that a query finds. `decode` asks the store nothing.
    func all<Value>(
        _ query: Query,
        _ values: [StoredValue],
        _ decode: (inout StoredRow) throws -> Value
    ) throws -> [Value] {
        try guarded {
            let statement = try bound(query, values)
            defer { sqlite3_reset(statement) }
            var found: [Value] = []
            while try hasRow(statement, query) {
                var row = StoredRow(statement)
                found.append(try decode(&row))
            }
            return found
        }
    }

    /// The first row that a query finds. `decode` asks the store nothing.
    func first<Value>(
        _ query: Query,
        _ values: [StoredValue],
        _ decode: (inout StoredRow) throws -> Value
    ) throws -> Value? {
        try guarded {
            let statement = try bound(query, values)
            defer { sqlite3_reset(statement) }
            guard try hasRow(statement, query) else { return nil }
            var row = StoredRow(statement)
            return try decode(&row)
        }
    }

    /// Runs a statement that belongs to the transaction itself: its errors are not a closure's.
    func control(_ query: Query) throws(DatabaseError) {
        let statement: OpaquePointer
        do {
            statement = try prepared.statement(query)
        } catch {
            throw error as? DatabaseError ?? DatabaseError(resultCode: .SQLITE_INTERNAL, message: "\(error)")
        }
        defer { sqlite3_reset(statement) }
        let result = sqlite3_step(statement)
        guard result == SQLITE_DONE else { throw self.error(result, query) }
    }

    private func bound(_ query: Query, _ values: [StoredValue]) throws -> OpaquePointer {
        let statement = try prepared.statement(query)
        let places = Int(sqlite3_bind_parameter_count(statement))
        guard places == values.count else {
            throw DatabaseError(
                resultCode: .SQLITE_MISUSE,
                message: "\(values.count) values for \(places) places",
                sql: query.sql
            )
        }
        let result = prepared.bind(values, to: statement)
        guard result == SQLITE_OK else { throw error(result, query) }
        return statement
    }

    /// Steps to the next row; false at the end.
    private func hasRow(_ statement: OpaquePointer, _ query: Query) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let result: throw error(result, query)
        }
    }

    private func error(_ result: CInt, _ query: Query) -> DatabaseError {
        let message = sqlite3_errmsg(db.sqliteConnection).map { String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: result), message: message, sql: query.sql)
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
