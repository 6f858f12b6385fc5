import ChatKit
import Logging
import ServiceLifecycle

/// Runs a platform's source until shutdown begins: nothing new is taken from then on.
struct ChatSourceService: Service {
    /// The name of the source's platform, for the log.
    let platform: String
    let source: any ChatSource
    let intake: any ChatIntake
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await source.run(into: intake) }
        } catch is CancellationError {}
        if !Task.isShuttingDownGracefully {
            logger.error(
                "a connection to the chat ended for good: no commands come in by it until clusterbot is started again",
                metadata: ["platform": "\(platform)"]
            )
        }
        // A source that returns has nothing more to bring in. That must not end the other services.
        try? await gracefulShutdown()
    }
}
