import BotStore
import Logging
import ServiceLifecycle

/// Keeps the store open until everything that uses it has ended. Ends the process if the store can no longer be
/// trusted.
struct StoreService: Service {
    let store: SQLiteStore
    let logger: Logger

    func run() async throws {
        let failure = await cancelWhenGracefulShutdown { await firstFailure() }
        await store.close()
        if let failure {
            logger.critical(
                "the store failed; stopping, because nobody knows what is on the disk",
                metadata: ["error": "\(failure)"]
            )
            throw failure
        }
    }

    private func firstFailure() async -> (any Error)? {
        for await failure in store.failure { return failure }
        return nil
    }
}
