import BotCore

/// Runs the statements of one closure over a connection, and knows what went wrong with them.
final class Statements {
    let connection: any StoreConnection
    /// The first failure that was not about a single row. After it nothing more is done: the database may have rolled back,
    /// and a closure that went on regardless would leave half of itself behind.
    private(set) var failure: ConnectionFailure?
    /// What the writer has to know about what was done: see ``WriteTransaction``.
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

    init(_ connection: any StoreConnection) {
        self.connection = connection
    }

    /// Runs a statement that changes rows, and says how many.
    @discardableResult
    func execute(_ query: Query, _ values: [StoredValue]) throws -> Int {
        try guarded { try connection.execute(query, values) }
    }

    /// Every row that a query finds. `decode` asks the store nothing.
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

    /// The first row that a query finds. `decode` asks the store nothing.
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
