import BotServer
import BotStore
import CurlHTTP
import Glibc
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

/// The last to be shut down, so that it sees whether everything else came to its end in time. If not, all services are
/// cancelled; it says so, makes the process's exit code tell it, and ends the process if that does not help either.
struct DrainLimit: Service {
    let readiness: Readiness
    let logger: Logger
    /// Ends the process when nothing else does.
    var endProcess: @Sendable () -> Void = { _exit(EXIT_FAILURE) }

    /// What was under way when the process had to end.
    struct CutShort: Error, CustomStringConvertible {
        var description: String {
            "ended before everything that was under way had ended: what was being sent is found as unknown at the next start"
        }
    }

    /// What is cancelled ends at once, or hangs.
    private static let longestCancellation = Duration.seconds(5)

    func run() async throws {
        do {
            try await gracefulShutdown()
        } catch {
            let (logger, endProcess) = (logger, endProcess)
            Task.detached {
                try await Task.sleep(for: Self.longestCancellation)
                logger.critical("did not end by itself; ending the process")
                endProcess()
            }
            // Else another service failed, and its error is the process's.
            if readiness.isDraining { throw CutShort() }
        }
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
