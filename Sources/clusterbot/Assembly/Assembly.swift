import BotConfiguration
import BotCore
import BotEngine
import BotServer
import BotStore
import ChatKit
import ConfigurationTree
import CurlHTTP
import Logging
import ServiceLifecycle

/// Builds every live object of the service once, from a configuration.
struct Assembly: Sendable {
    let services: [any Service]

    /// - Parameters:
    ///   - reread: reads the configuration anew.
    ///   - clock: the time by which it lives. The demo's can be moved.
    ///   - onListening: gets the port of the public server.
    init(
        _ configuration: Configuration,
        reread: @escaping @Sendable () throws(ConfigurationProblems) -> Configuration,
        metrics: PrometheusRegistry,
        logger: Logger,
        clock: any BotClock = SystemClock(),
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        let store = try SQLiteStore(path: configuration.storePath)
        let descriptors = ProcessSetup.descriptors
        let limits = ConnectionLimits(descriptors: descriptors)
        if limits.isTight {
            logger.warning(
                "the process may have very few open files: raise LimitNOFILE or `ulimit -n` to 1024 or more",
                metadata: ["descriptors": .stringConvertible(descriptors)]
            )
        }
        // There are as many connections as the engine makes calls at once: a sending must not wait behind slow reads
        // until its send-by time is over.
        let transport = try CurlTransport(
            egress: configuration.egress,
            maximumConnectionsPerHost: max(1, limits.transfers / 2),
            maximumConnections: limits.transfers
        )
        let skew = ClockComparison(clock: clock) { peer, seconds in
            logger.warning(
                "this host's clock differs from that of \(peer): set it, or webhooks are refused",
                metadata: ["seconds": .stringConvertible(seconds)]
            )
        }
        let live = LiveParts(configuration, transport: transport, clock: clock, skew: skew, logger: logger)
        let chats = live.chats
        let context = live.context(store: store, logger: logger, clock: clock)
        MetricFamilies.announce(chats)
        let socketPath = Self.socketPath(configuration, store, logger)
        let parts: Set<Readiness.Part> =
            socketPath == nil ? [.workers, .publicServer] : [.workers, .publicServer, .socket]
        let readiness = Readiness(
            parts: parts,
            onReady: {
                logger.info("ready")
                ServiceManagerNotice.ready()
            },
            storeProblem: { await Self.problem(of: store, context) }
        )
        let engine = Engine(context: context, version: Version.text, onRunning: { readiness.isUp(.workers) })
        let gauges = Gauges(
            store: store,
            clock: clock,
            live: live,
            readiness: readiness,
            isHeldBack: { context.isHeldBack }
        )
        let server = BotHTTPServer(
            listen: .init(configuration.server.listen),
            privateListen: configuration.server.privateListen.map { .init($0) },
            doors: chats.compactMap(\.door),
            limits: limits,
            intake: engine.intake,
            readiness: readiness,
            metrics: metrics,
            clock: clock,
            logger: logger,
            onListening: { port in
                readiness.isUp(.publicServer)
                await onListening(port)
            },
            refreshGauges: { await gauges.refresh() }
        )
        let settings = configuration.server.socket
        let socket = try socketPath.map { path in
            try OperationsSocket(
                file: SocketFile(path: path, group: settings.group),
                operations: Operations(context: context, channel: settings.channel),
                doors: chats.compactMap(\.socketDoor),
                account: settings.account,
                maximum: limits.socket,
                clock: clock,
                logger: logger,
                onListening: { readiness.isUp(.socket) }
            ).service()
        }
        // The services are shut down in reverse, each after the one behind it has ended. New work is refused; what is
        // under way ends while the servers still answer 503; then they close, and the store closes last.
        services =
            [
                DrainLimit(readiness: readiness, logger: logger), StoreService(store: store, logger: logger),
                TransportService(transport: transport),
            ]
            + server.services + [engine] + [socket].compactMap(\.self)
            + chats.flatMap { chat in
                chat.sources.map { source in
                    ChatSourceService(
                        platform: chat.platform,
                        source: source,
                        intake: EngineIntake(intake: engine.intake, clock: clock),
                        logger: logger
                    )
                }
            }
            + [
                CredentialWatch(
                    live: live,
                    notice: HistoryChannelNotice(context: context),
                    clock: clock,
                    logger: logger
                )
            ]
            + [
                ReloadService(
                    reload: ConfigurationReload(live: live, context: context, read: reread, logger: logger)
                ),
                DrainService(readiness: readiness),
            ]
    }

    /// Returns where the socket for users of this machine is; nil, with a line in the log, where the store's path is too
    /// long for a socket beside it.
    private static func socketPath(_ configuration: Configuration, _ store: SQLiteStore, _ logger: Logger) -> String? {
        let path = configuration.server.socket.path ?? OperationsSocket.path(ofStore: store.path)
        guard path.utf8.count <= ServiceSocket.longestPath else {
            logger.warning(
                "no operations socket: the store's path is too long for one; set `server.socket.path`",
                metadata: ["path": "\(path)", "longest": .stringConvertible(ServiceSocket.longestPath)]
            )
            return nil
        }
        return path
    }

    /// The longest time for the answer. Those who ask whether the service is ready wait a few seconds at most.
    private static let answerWithin = Duration.seconds(1)

    private static func problem(of store: SQLiteStore, _ context: EngineContext) async -> String? {
        if context.isStoreUnseen { return "the store could not be looked through yet: nothing is sent before" }
        guard store.canStoreOutcomes else {
            return "the store's disk is nearly full: nothing is sent until there is room"
        }
        let (answers, answer) = AsyncStream.makeStream(of: String?.self)
        Task {
            do {
                // A write that changes nothing still takes the lock and commits.
                try await store.write { _ in }
                answer.yield(nil)
            } catch {
                answer.yield("the store cannot be written: \(error)")
            }
        }
        let timer = Task {
            try await Task.sleep(for: answerWithin)
            answer.yield("the store cannot be written: it did not answer within \(answerWithin.spoken)")
        }
        defer { timer.cancel() }
        for await first in answers { return first }
        return nil
    }
}

extension Configuration {
    /// The rules that the engine gets from the configuration.
    var rulebook: Rulebook {
        Rulebook(
            clusters: clusters,
            ipTypes: ipTypes,
            policy: policy,
            reconcile: ReconcileSettings(after: reconcile.after, every: reconcile.every, giveUp: reconcile.giveUp),
            limits: limits,
            statuses: statuses,
            groupCalls: groupCalls,
            freezes: freezes,
            zone: server.zone,
            commandWords: CommandWords(
                Dictionary(uniqueKeysWithValues: chat.map { ($0.platform, $0.commandWord) })
            )
        )
    }
}

extension BotHTTPServer.Address {
    init(_ address: ListenAddress) { self.init(host: address.host, port: address.port) }
}
