import BotCore
import BotServer
import ConfigurationTree
import CurlHTTP
import Foundation
import Logging
import NIOConcurrencyHelpers
import Sandbox
import ServiceLifecycle
import UnixSignals

/// The two simulators and the real bot between them, in one process, over real HTTP.
struct DemoWorld: Sendable {
    let cloud: SimulatedCloud
    let slack: SimulatedSlack
    let clock = DemoClock()
    private let cloudServer: SandboxServer
    private let slackServer: SandboxServer
    private let sandboxTransport: CurlTransport
    private let logger: Logger
    private let folder: String

    /// - Parameters:
    ///   - port: the port of the page.
    ///   - folder: the folder for the configuration and the store.
    init(port: Int, folder: String, logger: Logger) throws {
        self.folder = folder
        self.logger = logger
        sandboxTransport = try CurlTransport()
        var settings = CloudSettings()
        settings.now = { [clock] in clock.date }
        var workspace = SlackWorkspace.demo
        workspace.now = { [clock] in clock.date }
        cloud = try SimulatedCloud(settings: settings)
        slack = try SimulatedSlack(
            workspace: workspace,
            transport: sandboxTransport,
            cloud: cloud.view,
            moveTime: { [clock] in clock.move(by: $0) }
        )
        cloudServer = cloud.application()
        slackServer = slack.application(port: port)
    }

    /// Runs everything until the body returns or a signal comes.
    /// - Parameter body: gets the page's address when everything is up; its error is the demo's.
    func run(_ body: @escaping @Sendable (_ page: String) async throws -> Void) async throws {
        let sandbox = ServiceGroup(services: [cloudServer, slackServer], gracefulShutdownSignals: [], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await sandbox.run() }
            group.addTask { try await runBot(body) }
            // The demo ends with the bot. The simulators end first only if they cannot listen.
            defer { group.cancelAll() }
            try await group.next()
            await sandbox.triggerGracefulShutdown()
        }
        await sandboxTransport.shutdown()
    }

    private func runBot(_ body: @escaping @Sendable (_ page: String) async throws -> Void) async throws {
        let page = try await slackServer.baseURL()
        let demo = DemoConfiguration(
            cloudURL: try await cloudServer.baseURL(),
            slackURL: page,
            slackHost: "127.0.0.1:\(try await slackServer.boundPort())"
        )
        let configuration = try demo.load(in: folder, workspace: SlackWorkspace.demo)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let assembly = try Assembly(
            configuration,
            reread: { [folder] () throws(ConfigurationProblems) in
                try DemoConfiguration.read(in: folder, workspace: .demo)
            },
            metrics: PrometheusRegistry(families: Metric.all),
            logger: logger,
            clock: clock
        ) { port.yield($0) }
        let visit = Visit { [slack] in
            for await port in ports {
                let bot = "http://127.0.0.1:\(port)/slack"
                await slack.connect(commands: "\(bot)/commands", interactions: "\(bot)/interactions")
                try await body(page)
                return
            }
        }
        var services = assembly.services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
        services.append(
            .init(
                service: visit,
                successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .gracefullyShutdownGroup
            )
        )
        try await ServiceGroup(
            configuration: .init(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        ).run()
    }

    /// The visitor's part, as a service: the demo ends with it.
    private struct Visit: Service {
        let body: @Sendable () async throws -> Void

        func run() async throws {
            do {
                try await cancelWhenGracefulShutdown(body)
            } catch is CancellationError {
                // It was stopped from outside, the ordinary end of a demo in the browser.
            }
        }
    }
}
