import BotChat
import BotCore
import BotEngine
import BotServer
import BotStore
import ClusterAPI
import CurlHTTP
import Logging
import ServiceLifecycle

/// Builds every live object of the service once, from a configuration.
struct Assembly: Sendable {
    let services: [any Service]
    /// - Parameter onListening: told the port of the public server.
    init(
        _ configuration: Configuration,
        metrics: PrometheusRegistry,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        let clock = SystemClock()
        let store = try SQLiteStore(path: configuration.storePath)
        let transport = try CurlTransport()
        let platforms: [String: any ChatPlatform] =
            configuration.slack.map {
                ["slack": SlackPoster(settings: $0, transport: transport, clock: clock)]
            } ?? [:]
        let context = EngineContext(
            store: store,
            clusters: E2EClusterAPI(settings: configuration.clusterAPI, transport: transport, clock: clock),
            platforms: platforms,
            clock: clock,
            rulebook: configuration.rulebook,
            logger: logger
        )
        let engine = Engine(context: context, version: Version.text)
        let readiness = Readiness { await Self.problem(of: store) }
        let gauges = Gauges(store: store, clock: clock, projects: configuration.clusterAPI.projects)
        let server = BotHTTPServer(
            listen: .init(configuration.server.listen),
            privateListen: configuration.server.privateListen.map { .init($0) },
            slack: configuration.slack.map { SlackReceiver(settings: $0, clock: clock) },
            intake: engine.intake,
            readiness: readiness,
            metrics: metrics,
            clock: clock,
            logger: logger,
            onListening: { port in
                readiness.workersRun()
                await onListening(port)
            },
            refreshGauges: { await gauges.refresh() }
        )
        // Later ones depend on earlier ones and are shut down first: the door closes, what is under way ends, the store goes last.
        services =
            [StoreService(store: store, logger: logger), TransportService(transport: transport), engine]
            + [CredentialWatch(projects: configuration.clusterAPI.projects, clock: clock, logger: logger)]
            + server.services + [HangupNotice(logger: logger), DrainService(readiness: readiness)]
    }

    private static func problem(of store: SQLiteStore) async -> String? {
        do {
            // A write that changes nothing still takes the lock and commits.
            try await store.write { _ in }
            return nil
        } catch {
            return "the store cannot be written: \(error)"
        }
    }
}

extension Configuration {
    /// What the engine is told of the configuration.
    var rulebook: Rulebook {
        Rulebook(
            clusters: clusters,
            ipTypes: ipTypes,
            policy: policy,
            reconcile: ReconcileSettings(after: reconcile.after, every: reconcile.every, giveUp: reconcile.giveUp),
            commandWord: slack?.command ?? "/cluster"
        )
    }
}

extension BotHTTPServer.Address {
    init(_ address: ListenAddress) { self.init(host: address.host, port: address.port) }
}
