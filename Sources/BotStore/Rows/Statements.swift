import BotCore
import GRDB

/// The prepared statements of one connection, and what went wrong with it. Lives as long as one closure.
final class Statements {
    let db: Database
    /// The first error that was not about a single row. After it nothing more is done: SQLite may have rolled back, and a
    /// closure that went on regardless would leave half of itself behind.
    private(set) var failure: DatabaseError?
    /// What the writer's thread has to know about what was done: see ``WriterLoop``.
    var growsHistory = false
    var addsIntent = false

    init(_ db: Database) {
        self.db = db
    }

    /// Runs a statement that changes rows, and says how many.
    @discardableResult
    func execute(_ sql: String, _ values: [StoredValue]) throws -> Int {
        try guarded {
            try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
            return db.changesCount
        }
    }

    /// Every row that a query finds.
    func all<Value>(
        _ sql: String,
        _ values: [StoredValue],
        _ decode: (inout StoredRow) throws -> Value
    ) throws -> [Value] {
        try guarded {
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: StatementArguments(values))
            var found: [Value] = []
            while let row = try rows.next() {
                var stored = StoredRow(row)
                found.append(try decode(&stored))
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
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: StatementArguments(values))
            guard let row = try rows.next() else { return nil }
            var stored = StoredRow(row)
            return try decode(&stored)
        }
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
