/// Durable storage. A transaction is a closure: it runs alone, sees what was committed before it, and either all of it
/// is durable when the call returns or none of it happened.
package protocol BotStore: Sendable {
    /// Runs one transaction. Closures that wait at the same time may share a commit, but never see each other's failures:
    /// what was undone with a failed one is run again. Only the last run of a closure counts, so what it does outside of the
    /// store belongs in ``StoreWriter/whenStored(_:)`` or after the call.
    /// Cancelling the calling task does not undo it. No I/O inside but the store's own.
    func write<Result: Sendable>(_ body: @escaping @Sendable (any StoreWriter) throws -> Result) async throws -> Result

    /// The same for a caller that does not wait. `answer` hears what came of it on any thread, and must be quick.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result,
        answer: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
    )

    /// Reads one consistent snapshot.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any StoreReader) throws -> Result) async throws -> Result

    /// Looks once at all that is stored. False if it is damaged; then the store takes nothing any more, as after a failed
    /// write, and nothing may be sent on the strength of it.
    /// - Throws: if it could not be looked at now, for a reason that says nothing of what is stored.
    func check() async throws -> Bool

    /// Whether this process still holds the store: nobody else has opened it since, and it can still be written. Asked on
    /// any thread in the last moment before a request leaves; it must not wait for anything.
    var isOwned: Bool { get }

    /// Whether what comes of a sending could be stored as things stand: the store is not about to be full. If not, nothing
    /// new is sent. Asked on any thread; it must not wait for anything.
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
