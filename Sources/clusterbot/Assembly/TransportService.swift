import CurlHTTP
import ServiceLifecycle

/// Keeps libcurl's thread until nothing calls any more, and waits until it has left libcurl.
struct TransportService: Service {
    let transport: CurlTransport

    func run() async throws {
        try? await gracefulShutdown()
        await transport.shutdown()
    }
}
