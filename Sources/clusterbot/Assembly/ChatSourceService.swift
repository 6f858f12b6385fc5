import ChatKit
import ServiceLifecycle

/// Runs a platform's source until shutdown begins: nothing new is taken from then on.
struct ChatSourceService: Service {
    let source: any ChatSource
    let intake: any ChatIntake

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await source.run(into: intake) }
        } catch is CancellationError {}
        // A source that returns has nothing more to bring in. That must not end the other services.
        try? await gracefulShutdown()
    }
}
