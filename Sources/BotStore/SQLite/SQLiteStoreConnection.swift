import BotCore
import CSQLite
import GRDB

/// A connection to a SQLite file, for the rows.
///
/// GRDB opens it, prepares its statements and ends its transactions. The statements are bound and stepped here with
/// SQLite's own functions: a command runs a dozen small statements, and a general library's work around each would cost
/// more than SQLite itself.
final class SQLiteStoreConnection: StoreConnection {
    let db: Database
    private let isLasting: Bool
    /// The prepared statements, by the number of their query.
    private var prepared: [Statement?] = []

    /// - Parameter isLasting: whether it keeps its prepared statements because it lives about as long as GRDB's
    ///   connection. It must be let go of before that is closed.
    init(_ db: Database, isLasting: Bool = false) {
        self.db = db
        self.isLasting = isLasting
    }

    func execute(_ query: Query, _ values: [StoredValue]) throws -> Int {
        try failing {
            let statement = try bound(query, values)
            defer { sqlite3_reset(statement) }
            while try hasRow(statement, query) {}
            return Int(sqlite3_changes(db.sqliteConnection))
        }
    }

    func query(_ query: Query, _ values: [StoredValue], _ isEnough: (inout StoredRow) throws -> Bool) throws {
        try failing {
            let statement = try bound(query, values)
            defer { sqlite3_reset(statement) }
            while try hasRow(statement, query) {
                var row = StoredRow(SQLiteColumns(statement: statement))
                if try isEnough(&row) { return }
            }
        }
    }

    func begin() throws { try failing { try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute() } }

    func commit() throws {
        try failing(whileCommitting: true) { try db.cachedStatement(sql: "COMMIT").execute() }
    }

    func rollBack() throws { try failing { try db.rollback() } }

    var isInTransaction: Bool { db.isInsideTransaction }
    var changedRows: Int { db.totalChangesCount }

    /// Returns the statement of a query, prepared at its first use.
    private func statement(_ query: Query) throws -> OpaquePointer {
        // A connection that is used for one closure keeps no statements.
        guard isLasting else { return try db.cachedStatement(sql: query.sql).sqliteStatement }
        if query.number < prepared.count, let known = prepared[query.number] { return known.sqliteStatement }
        let made = try db.cachedStatement(sql: query.sql)
        while prepared.count <= query.number { prepared.append(nil) }
        prepared[query.number] = made
        return made.sqliteStatement
    }

    /// Returns the statement with all of its values bound. With one value too few, the one of the statement's last run
    /// would stay.
    private func bound(_ query: Query, _ values: [StoredValue]) throws -> OpaquePointer {
        let statement = try statement(query)
        let places = Int(sqlite3_bind_parameter_count(statement))
        guard places == values.count else {
            throw DatabaseError(
                resultCode: .SQLITE_MISUSE,
                message: "\(values.count) values for \(places) places",
                sql: query.sql
            )
        }
        for (index, value) in values.enumerated() {
            let result = value.bind(to: statement, at: CInt(index + 1))
            guard result == SQLITE_OK else { throw error(result, query) }
        }
        return statement
    }

    /// Steps to the next row. Returns false at the end.
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

    private func failing<Result>(whileCommitting: Bool = false, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw ConnectionFailure(error, whileCommitting: whileCommitting)
        }
    }
}

extension StoredValue {
    /// Binds the value to a statement, which keeps a copy. Returns SQLite's result code.
    fileprivate func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
        switch self {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let value): return sqlite3_bind_int64(statement, index, Int64(value))
        case .string(let text):
            var text = text.storable
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    // An empty text may have no address, which would bind NULL.
                    guard let start = $0.baseAddress else { return csqlite_bind_text(statement, index, "", 0) }
                    return csqlite_bind_text(statement, index, start, CInt($0.count))
                }
            }
        }
    }
}
