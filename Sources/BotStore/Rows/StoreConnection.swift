import BotCore

/// One connection to a database, as the rows need it: what a second database has to bring to be a store. It is used on one
/// thread at a time.
///
/// The SQL is written once, beside the rows, with `?` for each value. What a database spells otherwise its connection rewrites
/// when it prepares a ``Query``: the placeholders, and `INDEXED BY` where the planner needs no telling.
protocol StoreConnection: AnyObject {
    /// Runs a statement that changes rows, and says how many.
    /// - Throws: ``ConnectionFailure``.
    @discardableResult
    func execute(_ query: Query, _ values: [StoredValue]) throws -> Int

    /// Runs a query and shows its rows one by one, until there are no more or `isEnough` says so.
    /// - Throws: ``ConnectionFailure``, or what `isEnough` throws.
    func query(_ query: Query, _ values: [StoredValue], _ isEnough: (inout StoredRow) throws -> Bool) throws

    /// Begins a transaction that may write, and waits until nobody else writes.
    /// - Throws: ``ConnectionFailure``.
    func begin() throws

    /// Makes the transaction durable.
    /// - Throws: ``ConnectionFailure``; with ``StoreError/Code/outcomeUnknown`` where nobody knows whether it is durable.
    func commit() throws

    /// Undoes the transaction; does nothing where there is none any more.
    /// - Throws: ``ConnectionFailure``.
    func rollBack() throws

    /// Whether a transaction is going on: some failures end it by themselves.
    var isInTransaction: Bool { get }

    /// How many rows were changed since it was opened, also those that were undone.
    var changedRows: Int { get }
}
