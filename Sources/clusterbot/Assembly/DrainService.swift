import BotServer
import ServiceLifecycle

/// Begins the drain: it is the first service to be shut down, and new work is answered 503 from then on.
struct DrainService: Service {
    let readiness: Readiness

    func run() async throws {
        try? await gracefulShutdown()
        readiness.drain()
    }
}
