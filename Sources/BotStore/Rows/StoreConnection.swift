import BotCore

/// One connection to a database, as the rows need it. A second database has to bring this to be a store. It is used on
/// one thread at a time.
///
/// The SQL is written once, beside the rows, with `?` for each value. Where a database spells something otherwise, its
/// connection rewrites it when it prepares a ``Query``: the placeholders, and `INDEXED BY`, which another planner may
/// not need.
protocol StoreConnection: AnyObject {
    /// Runs a statement that changes rows, and returns how many it changed.
    /// - Throws: ``ConnectionFailure``.
    @discardableResult
    func execute(_ query: Query, _ values: [StoredValue]) throws -> Int

    /// Runs a query and hands its rows over one by one, until there are no more or `isEnough` returns true.
    /// - Throws: ``ConnectionFailure``, or what `isEnough` throws.
    func query(_ query: Query, _ values: [StoredValue], _ isEnough: (inout StoredRow) throws -> Bool) throws

    /// Begins a transaction that may write, and waits until nobody else writes.
    /// - Throws: ``ConnectionFailure``.
    func begin() throws

    /// Makes the transaction durable.
    /// - Throws: ``ConnectionFailure``; with ``StoreError/Code/outcomeUnknown`` if it is not known whether the
    ///   transaction is durable.
    func commit() throws

    /// Undoes the transaction; does nothing if there is none any more.
    /// - Throws: ``ConnectionFailure``.
    func rollBack() throws

    /// Whether a transaction is going on: some failures end it by themselves.
    var isInTransaction: Bool { get }

    /// The number of rows that were changed since the connection was opened, with those that were undone.
    var changedRows: Int { get }
}
