import NIOConcurrencyHelpers
import ServiceLifecycle

/// Runs a server. An error before it listens becomes a ``ListenProblem``.
struct ListeningService: Service {
    let server: any Service
    let place: ListenPlace
    /// The key of the configuration that holds the address.
    let setting: String
    /// Whether the server has begun to listen.
    let listens: NIOLockedValueBox<Bool>

    func run() async throws {
        do {
            try await server.run()
        } catch {
            let begun = listens.withLockedValue { $0 }
            guard !begun, let problem = ListenProblem(error, at: place, setting: setting) else { throw error }
            throw problem
        }
    }
}
