import ChatKit
import ServiceLifecycle

/// Runs a platform's source until the shutdown begins: nothing new is taken from then on.
struct ChatSourceService: Service {
    let source: any ChatSource
    let intake: any ChatIntake

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await source.run(into: intake) }
        } catch is CancellationError {}
        // A source that returns has nothing more to bring; that ends nobody else.
        try? await gracefulShutdown()
    }
}
