/// The durable store. A transaction is a closure. It runs alone and sees what was committed before it. When the call
/// returns, all of it is durable; when the call throws, none of it happened, unless the code is
/// ``StoreError/Code/outcomeUnknown``.
package protocol BotStore: Sendable {
    /// Runs one transaction. Closures that wait at the same time may share a commit, but one never suffers from
    /// another's failure: if it is undone with a failed one, it runs again. Only its last run counts, so what it does
    /// outside of the store belongs in ``StoreWriter/whenStored(_:)`` or after the call. Within it there is no I/O but
    /// the store's. Cancelling the calling task does not undo the transaction.
    func write<Result: Sendable>(_ body: @escaping @Sendable (any StoreWriter) throws -> Result) async throws -> Result

    /// Runs one transaction for a caller that does not wait. `answer` gets the result on any thread, and must be quick.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result,
        answer: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
    )

    /// Reads one consistent snapshot.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any StoreReader) throws -> Result) async throws -> Result

    /// Checks everything that is stored. Returns false if it is damaged. Then the store takes no more transactions, as
    /// after a failed write, and nothing may be sent by what it holds.
    /// - Throws: if it could not be checked now, for a reason that says nothing about what is stored.
    func check() async throws -> Bool

    /// Whether this process still owns the store: no other process has opened it since, and it can still be written. It
    /// is asked on any thread in the last moment before a request leaves, and must not wait for anything.
    var isOwned: Bool { get }

    /// Whether the outcome of a sending could be stored: the store is not about to be full. If not, nothing new is
    /// sent. It is asked on any thread, and must not wait for anything.
    var canStoreOutcomes: Bool { get }
}

extension BotStore {
    /// A store without a file has nothing that could be damaged.
    package func check() async -> Bool { true }
    package var canStoreOutcomes: Bool { true }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result,
        answer: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
    ) {
        Task {
            do {
                answer(.success(try await write(body)))
            } catch {
                answer(.failure(error))
            }
        }
    }
}
