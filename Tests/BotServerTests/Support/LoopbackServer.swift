import BotCore
import CurlHTTP
import Hummingbird
import Logging
import ServiceLifecycle
import TestSupport

@testable import BotServer

/// A server on a loopback port, as the service has them, and a client for it.
struct LoopbackServer: Sendable {
    let port: Int
    private let transport: CurlTransport

    /// Runs a server while the body does.
    static func run(
        _ webhooks: [String: Webhook] = [:],
        clock: StandingClock = StandingClock(),
        logger: Logger = LogLines().logger,
        routes: (Router<BasicRequestContext>) -> Void = { _ in },
        _ body: (LoopbackServer) async throws -> Void
    ) async throws {
        let transport = try CurlTransport()
        defer { Task { await transport.shutdown() } }
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        let hooks = WebhookRoutes(webhooks)
        router.add(middleware: WebhookMiddleware(webhooks: hooks, clock: clock, logger: logger))
        router.add(middleware: RequestLog())
        router.add(middleware: ErrorResponses())
        routes(router)
        let port = EventWaiter<Int?>(nil)
        let service = BoundedServer(
            name: "test",
            address: .hostname("127.0.0.1", port: 0),
            setting: "server.listen",
            maximum: 10,
            clock: clock,
            logger: logger
        ).service(router) { got in port.update { $0 = got } }
        let group = ServiceGroup(services: [service], logger: LogLines().logger)
        async let end: Void = group.run()
        try await port.wait(for: "the server to listen") { $0 != nil }
        do {
            try await body(LoopbackServer(port: port.state ?? 0, transport: transport))
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await end
    }

    func send(
        _ method: CurlRequest.Method,
        _ path: String,
        body: String? = nil
    ) async throws -> CurlResponse {
        try await transport.execute(
            CurlRequest(
                method: method,
                url: "http://127.0.0.1:\(port)\(path)",
                body: body.map { Array($0.utf8) },
                sending: .single,
                totalTimeout: .patience,
                allowsPlainHTTP: true,
                allowsPrivateAddress: true
            )
        )
    }
}
