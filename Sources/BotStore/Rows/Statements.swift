import BotCore

/// Runs the statements of one closure over a connection, and keeps their first serious failure.
final class Statements {
    let connection: any StoreConnection
    /// The first failure that was not about a single row. After it no statement is run: the database may have rolled
    /// back, and a closure that went on would leave half of its work behind.
    private(set) var failure: ConnectionFailure?
    /// Facts for the writer about what the closure did: see ``WriteTransaction``.
    var growsHistory = false
    var addsIntent = false
    /// The effects that the closure wants to be run after the commit.
    var whenStored: [@Sendable () -> Void] = []
    /// Values read from the tables. They hold only as long as nobody else can have written.
    var known = Known()

    /// Values that every command asks for, handed from one job of a transaction to the next; nil where they must be
    /// looked up.
    struct Known {
        var historyHead: HistoryHead?
        var lastChange: Int?
        var isHeld: Bool?
        var hasUnknownChanges: Bool?
    }

    init(_ connection: any StoreConnection) {
        self.connection = connection
    }

    /// Runs a statement that changes rows, and returns how many it changed.
    @discardableResult
    func execute(_ query: Query, _ values: [StoredValue]) throws -> Int {
        try guarded { try connection.execute(query, values) }
    }

    /// Returns every row that a query finds. `decode` must not use the store.
    func all<Value>(
        _ query: Query,
        _ values: [StoredValue],
        _ decode: (inout StoredRow) throws -> Value
    ) throws -> [Value] {
        try guarded {
            var found: [Value] = []
            try connection.query(query, values) { row in
                found.append(try decode(&row))
                return false
            }
            return found
        }
    }

    /// Returns the first row that a query finds. `decode` must not use the store.
    func first<Value>(
        _ query: Query,
        _ values: [StoredValue],
        _ decode: (inout StoredRow) throws -> Value
    ) throws -> Value? {
        try guarded {
            var found: Value?
            try connection.query(query, values) { row in
                found = try decode(&row)
                return true
            }
            return found
        }
    }

    private func guarded<Value>(_ body: () throws -> Value) throws -> Value {
        if let failure { throw failure.error }
        do {
            return try body()
        } catch let failure as ConnectionFailure {
            if !failure.isAboutRow { self.failure = failure }
            throw failure.error
        }
    }
}
