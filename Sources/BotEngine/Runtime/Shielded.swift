import BotCore
import Logging

/// Runs something that must be finished whatever happens to the task that asked for it: bookkeeping after an outside effect.
/// A cancelled task would otherwise leave the effect unrecorded.
func shielded<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
    try await Task { try await body() }.value
}

extension EngineContext {
    private static let pauseBeforeInsisting = Duration.seconds(1)

    /// Stores what is known only here, and tries again while the store does not take it (a full disk).
    /// - Parameters:
    ///   - what: for the log.
    ///   - alsoAtTheEnd: whether the end of the service waits for it, until nothing can be stored any more.
    /// - Throws: what the store throws when the process ends over it.
    func insist(
        on what: String,
        of change: Int,
        alsoAtTheEnd: Bool = false,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        while true {
            do {
                return try await shielded(body)
            } catch {
                guard alsoAtTheEnd ? store.isOwned : !execution.isClosed, !Task.isCancelled else { throw error }
                logger.error(
                    "\(what) not stored yet",
                    metadata: ["change": .stringConvertible(change), "error": "\(error)"]
                )
                // Throws when this task is cancelled: then it is over, too.
                try await clock.sleep(Self.pauseBeforeInsisting)
            }
        }
    }
}
