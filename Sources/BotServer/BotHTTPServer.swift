import BotChat
import BotCore
import BotEngine
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
        /// 0: any free port.
        package let port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    package let listen: Address
    package let privateListen: Address?
    package let slack: SlackReceiver?
    package let intake: Intake
    package let readiness: Readiness
    package let metrics: PrometheusRegistry
    package let clock: any BotClock
    package let logger: Logger
    /// Told the port that the public server got.
    package let onListening: @Sendable (Int) async -> Void
    /// Brings gauges up to date before they are printed.
    package let refreshGauges: @Sendable () async -> Void

    package init(
        listen: Address,
        privateListen: Address?,
        slack: SlackReceiver?,
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
        self.slack = slack
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
        let publicRouter = router()
        guard let privateListen else {
            operations.add(to: publicRouter)
            return [application(publicRouter, listen, "public", webhooks, onListening)]
        }
        let privateRouter = router()
        operations.add(to: privateRouter)
        return [
            application(privateRouter, privateListen, "private"),
            application(publicRouter, listen, "public", webhooks, onListening),
        ]
    }

    private var webhooks: WebhookRoutes {
        let slack = slack.map {
            SlackWebhooks(receiver: $0, intake: intake, readiness: readiness, clock: clock, logger: logger)
        }
        return WebhookRoutes(slack?.routes ?? [:])
    }

    private func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: RequestLog())
        router.add(middleware: ErrorResponses())
        return router
    }

    private func application(
        _ router: Router<BasicRequestContext>,
        _ address: Address,
        _ name: String,
        _ webhooks: WebhookRoutes = WebhookRoutes([:]),
        _ onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some Service {
        let (clock, logger) = (clock, logger)
        return Application(
            router: router,
            server: HTTPServerBuilder { responder in
                WebhookConnection(responder: responder, webhooks: webhooks, clock: clock, logger: logger)
            },
            configuration: .init(address: .hostname(address.host, port: address.port), serverName: nil),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? address.port
                logger.info("listening", metadata: ["server": "\(name)", "address": "\(address.host):\(port)"])
                await onListening(port)
            },
            logger: logger
        )
    }
}
