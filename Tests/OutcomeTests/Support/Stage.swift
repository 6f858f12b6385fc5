import BotCore
import BotEngine
import BotStore
import ClusterAPI
import CurlHTTP
import Logging
import ServiceLifecycle
import TestSupport

/// The real engine on a real store on the disk, with real libcurl, between a scripted server and a chat that keeps what it
/// is told. Plays many scenarios at once, each on a cluster of its own.
struct Stage: Sendable {
    /// How the API is reached.
    struct Settings: Sendable {
        /// `PORT` stands for the server's.
        var baseURL = "http://127.0.0.1:PORT/gpu"
        var readsBack = true
        var timeout = Duration.seconds(60)
        /// Two reads that agree, a minute apart, settle it; what is as before, not before this has passed.
        var after = Duration.seconds(300)
    }

    let scenarios: [Scenario]
    let world: ClusterWorld
    let server: ScriptedServer
    let clock = JumpingClock()
    let chat = Channels()
    let store: SQLiteStore
    private let folder: TemporaryFolder
    private let transport: CurlTransport
    private let engine: Engine
    private let services: ServiceGroup

    static let account = Account(platform: "chat", workspace: "T1", user: "U0AMY")
    static let readsApart = Duration.seconds(60)

    /// - Parameter scripts: what the server's connections do; nil: they answer from the world as the scenarios say.
    init(_ scenarios: [Scenario], _ settings: Settings, scripts: ((ClusterWorld) -> [[ScriptedServer.Step]])?) throws {
        self.scenarios = scenarios
        world = ClusterWorld(scenarios)
        server = try ScriptedServer(scripts?(world) ?? [world.script])
        folder = try TemporaryFolder()
        store = try SQLiteStore(path: folder.file("outcomes.db"))
        // So many that none waits for one whose reply never comes.
        transport = try CurlTransport(maximumConnectionsPerHost: 64, maximumConnections: 128)
        let api = E2EClusterAPI(
            settings: ClusterAPISettings(
                baseURL: settings.baseURL.replacing("PORT", with: String(server.port)),
                totalTimeout: settings.timeout,
                connectTimeout: settings.timeout,
                readBack: settings.readsBack,
                projects: ["vision": .init(id: 1187, location: "Delhi", apiKey: Secret("KEY"), token: Secret("TOKEN"))]
            ),
            transport: transport,
            clock: clock
        )
        let logger = Logger(label: "outcomes", factory: { _ in SwiftLogNoOpLogHandler() })
        let context = EngineContext(
            store: store,
            clusters: api,
            platforms: ["chat": chat],
            clock: clock,
            rulebook: Self.rules(scenarios, settings),
            logger: logger
        )
        engine = Engine(context: context, version: "1.2.3")
        services = ServiceGroup(configuration: .init(services: [engine], logger: logger))
    }

    private static func rules(_ scenarios: [Scenario], _ settings: Settings) -> Rulebook {
        let rule = Rule(
            name: "everybody may",
            effect: .allow,
            rights: Set(ActionCatalogue.all.map(\.name)),
            who: [.everyone],
            needs: .nothing
        )
        return Rulebook(
            clusters: scenarios.map { Cluster(id: $0.cluster, name: "cluster-\($0.cluster)", project: "vision") },
            ipTypes: ["reserved"],
            policy: Policy(people: [account: "amy"], groups: [:], rules: [rule], digest: "policy-1"),
            reconcile: ReconcileSettings(after: settings.after, every: readsApart),
            limits: RequestLimits(openChanges: 1000, requestsPerMinute: 10_000),
            commandWords: "/cluster"
        )
    }

    /// Runs the engine while `body` runs, and ends it as SIGTERM does.
    func run(_ body: () async throws -> Void) async throws {
        let running = Task { try await services.run() }
        do {
            try await body()
        } catch {
            await end(running)
            throw error
        }
        await end(running)
    }

    private func end(_ running: Task<Void, any Error>) async {
        await services.triggerGracefulShutdown()
        server.stop()
        _ = await running.result
        await transport.shutdown()
        await store.close()
    }

    // MARK: What is said and what comes of it

    /// Types every command, each in its own channel.
    func typeAll() async throws {
        for scenario in scenarios {
            let command = InboundCommand(
                deliveryKey: "typed \(scenario.cluster)",
                account: Self.account,
                displayName: "amy",
                channel: scenario.channel,
                isDirect: false,
                text: "\(scenario.cluster) \(scenario.command)",
                typedAt: clock.now,
                replyHandle: nil
            )
            _ = try await engine.intake.handle(command, deadline: clock.uptime + .seconds(60))
        }
    }

    /// The change of each cluster.
    func changes() async throws -> [Int: Change] {
        let all = try await store.read { try $0.newestChanges(nil) }
        return Dictionary(all.map { ($0.cluster.id, $0) }) { first, second in
            preconditionFailure("#\(first.id) and #\(second.id) are on one cluster")
        }
    }

    /// Returns when something is so of all changes, looking whenever anything was said.
    /// - Parameter helping: so much time is skipped where nothing happens for long: what the engine waits for may only be that.
    func until(_ what: String, helping: Duration = .zero, _ isSo: ([Int: Change]) -> Bool) async throws {
        for _ in 0..<Self.patience {
            let (said, machines) = (chat.posts.state.count, world.machines.state)
            if isSo(try await changes()) { return }
            do {
                try await chat.posts.wait(for: what, within: .milliseconds(100)) { $0.count > said }
            } catch is EventWaiter<[Channels.Posted]>.TimedOut {
                if world.machines.state.mapValues(\.reads) == machines.mapValues(\.reads) { clock.jump(by: helping) }
            }
        }
        throw NeverHappened(description: "never happened: \(what)")
    }

    private static let patience = 2000

    struct NeverHappened: Error, CustomStringConvertible { let description: String }
}
