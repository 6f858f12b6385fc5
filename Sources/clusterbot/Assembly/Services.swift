import BotServer
import BotStore
import CurlHTTP
import Logging
import ServiceLifecycle
import UnixSignals

/// Keeps the store open until everything that uses it has ended. Ends the process if the store cannot be trusted any more.
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

/// Keeps libcurl's thread until nobody calls any more, and waits until it has left libcurl.
struct TransportService: Service {
    let transport: CurlTransport

    func run() async throws {
        try? await gracefulShutdown()
        await transport.shutdown()
    }
}

/// The first to be shut down: answers 503 from then on.
struct DrainService: Service {
    let readiness: Readiness

    func run() async throws {
        try? await gracefulShutdown()
        readiness.drain()
    }
}

/// Takes SIGHUP, which would end the process otherwise, and says what to do instead.
struct HangupNotice: Service {
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in await UnixSignalsSequence(trapping: .sighup) {
                logger.warning("reading the configuration anew is not supported yet: restart the service")
            }
        }
    }
}
