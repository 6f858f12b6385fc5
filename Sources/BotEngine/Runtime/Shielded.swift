import BotCore
import Logging

/// Runs something to its end even if the calling task is cancelled: the bookkeeping after an outside effect. A
/// cancelled task would otherwise leave the effect unrecorded.
func shielded<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
    try await Task { try await body() }.value
}

extension EngineContext {
    private static let pauseBeforeInsisting = Duration.seconds(1)

    /// Stores what only this process knows, and tries again while the store does not take it, for example on a full
    /// disk. Returns what the last try returned.
    /// - Parameters:
    ///   - what: the thing that is stored, for the log.
    ///   - change: the change that it is about; nil: none.
    ///   - alsoAtTheEnd: whether it goes on trying during shutdown, for as long as this process owns the store.
    /// - Throws: the store's last error when the service ends over it.
    func insist<Value: Sendable>(
        on what: String,
        of change: Int? = nil,
        alsoAtTheEnd: Bool = false,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        while true {
            do {
                return try await shielded(body)
            } catch {
                guard alsoAtTheEnd ? store.isOwned : !execution.isClosed, !Task.isCancelled else { throw error }
                var metadata: Logger.Metadata = ["error": "\(error)"]
                metadata["change"] = change.map { .stringConvertible($0) }
                logger.error("\(what) not stored yet", metadata: metadata)
                // Throws when this task is cancelled, which ends the tries, too.
                try await clock.sleep(Self.pauseBeforeInsisting)
            }
        }
    }
}
