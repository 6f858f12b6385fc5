import BotServer
import ServiceLifecycle

/// The first to be shut down: answers 503 from then on.
struct DrainService: Service {
    let readiness: Readiness

    func run() async throws {
        try? await gracefulShutdown()
        readiness.drain()
    }
}
