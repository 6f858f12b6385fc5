import BotCore
import BotEngine
import ChatKit
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The service's HTTP servers: the public one for webhooks, and where configured a private one for operations.
package struct BotHTTPServer: Sendable {
    /// A place to listen.
    package struct Address: Sendable, Hashable {
        package let host: String
        /// The port; 0: any free one.
        package let port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// Connections that the system keeps until they are taken on; it allows 4096. Where there is no room, a peer tries again
    /// after a second, and chat platforms only wait for a few.
    private static let backlog = 4096

    package let listen: Address
    package let privateListen: Address?
    /// Those of the platforms that are configured.
    package let doors: [any ChatDoor]
    package let limits: ConnectionLimits
    package let intake: Intake
    package let readiness: Readiness
    package let metrics: PrometheusRegistry
    package let clock: any BotClock
    package let logger: Logger
    /// Hears the port that the public server got.
    package let onListening: @Sendable (Int) async -> Void
    /// Brings gauges up to date before they are printed.
    package let refreshGauges: @Sendable () async -> Void

    package init(
        listen: Address,
        privateListen: Address?,
        doors: [any ChatDoor],
        limits: ConnectionLimits,
        intake: Intake,
        readiness: Readiness,
        metrics: PrometheusRegistry,
        clock: any BotClock,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in },
        refreshGauges: @escaping @Sendable () async -> Void
    ) {
        self.listen = listen
        self.privateListen = privateListen
        self.doors = doors
        self.limits = limits
        self.intake = intake
        self.readiness = readiness
        self.metrics = metrics
        self.clock = clock
        self.logger = logger
        self.onListening = onListening
        self.refreshGauges = refreshGauges
    }

    /// The servers, each a service.
    package var services: [any Service] {
        let operations = OperationsRoutes(readiness: readiness, metrics: metrics, refresh: refreshGauges)
        let webhooks = webhooks
        let counted = RequestMetrics(pages: OperationsRoutes.statuses, webhooks: webhooks)
        let publicRouter = router(webhooks)
        let privateServices = privateListen.map { address -> any Service in
            let router = router(WebhookRoutes([]))
            operations.add(to: router)
            return server("private", "server.private_listen", address, router, limits.private, counted) { _ in }
        }
        if privateListen == nil { operations.add(to: publicRouter) }
        return [privateServices].compactMap(\.self)
            + [server("public", "server.listen", listen, publicRouter, limits.public, counted, onListening)]
    }

    private var webhooks: WebhookRoutes {
        WebhookRoutes(
            doors.flatMap { door in
                ChatWebhooks(door: door, intake: intake, readiness: readiness, clock: clock, logger: logger).webhooks
            }
        )
    }

    private func router(_ webhooks: WebhookRoutes) -> Router<BasicRequestContext> {
        // They answer HEAD like GET.
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: WebhookMiddleware(webhooks: webhooks, clock: clock, logger: logger))
        router.add(middleware: RequestLog())
        router.add(middleware: ErrorResponses())
        return router
    }

    private func server(
        _ name: String,
        _ setting: String,
        _ address: Address,
        _ router: Router<BasicRequestContext>,
        _ maximum: Int,
        _ counted: RequestMetrics,
        _ onListening: @escaping @Sendable (Int) async -> Void
    ) -> any Service {
        let server = BoundedServer(
            name: name,
            address: .hostname(address.host, port: address.port),
            setting: setting,
            maximum: maximum,
            metrics: counted,
            backlog: Self.backlog,
            clock: clock,
            logger: logger
        )
        return server.service(router) { [logger] port in
            let port = port ?? address.port
            logger.info("listening", metadata: ["server": "\(name)", "address": "\(address.host):\(port)"])
            await onListening(port)
        }
    }
}
