import ArgumentParser
import BotServer
import CurlHTTP
import Foundation
import Logging
import Sandbox
import ServiceLifecycle
import UnixSignals

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "The demo's two simulators, each alone, for trying a configuration of your own.",
        subcommands: [Cloud.self, Slack.self]
    )

    /// The options that both take.
    struct Place: ParsableArguments {
        @Option(help: "The port (0: any free one).") var port = 0
        @Option(help: ArgumentHelp("Keep everything that happens in this file, over restarts.", valueName: "FILE"))
        var journal: String?

        func validate() throws { try SandboxCommand.check(port: port) }
    }

    /// - Throws: what is wrong with `--port`; a larger number would be cut to another port.
    static func check(port: Int?) throws {
        guard let port, !(0...65535).contains(port) else { return }
        throw ValidationError("--port \(port) is no port. Write a number from 0 to 65535; 0 takes any free one.")
    }

    struct Cloud: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A simulated cluster API with two projects and two clusters.",
            discussion:
                "What it received: GET /sandbox/log. Its state: GET /sandbox/state. Faults: POST /sandbox/faults."
        )
        @OptionGroup var place: Place

        func run() async throws {
            try ProcessSetup.prepare()
            let cloud = try SimulatedCloud(journalPath: place.journal)
            let server = cloud.application(port: place.port)
            try await SandboxCommand.serve(server, port: place.port) { url in
                StandardOutput.write("cluster_api.base_url: \(url)/myaccount/api/v1/gpu")
                for credential in CloudSettings.demoCredentials {
                    StandardOutput.write(
                        "project_id: \(credential.projectID)  api_key: \(credential.apiKey)  token: \(credential.token)"
                    )
                }
            }
        }
    }

    struct Slack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A simulated Slack workspace with a page in the browser.",
            discussion:
                "Point it at a running clusterbot with --bot, and that clusterbot at it with the lines it prints."
        )
        @OptionGroup var place: Place
        @Option(help: ArgumentHelp("Where clusterbot listens.", valueName: "URL")) var bot = "http://127.0.0.1:8080"

        func run() async throws {
            try ProcessSetup.prepare()
            let workspace = SlackWorkspace.demo
            let transport = try CurlTransport()
            let slack = try SimulatedSlack(workspace: workspace, transport: transport, journalPath: place.journal)
            await slack.connect(commands: "\(bot)/slack/commands", interactions: "\(bot)/slack/interactions")
            try await SandboxCommand.serve(slack.application(port: place.port), port: place.port) { url in
                StandardOutput.write("page: \(url)/")
                StandardOutput.write("chat.slack.api_url: \(url)/api/")
                StandardOutput.write("chat.slack.response_hosts: [\"\(url.dropFirst("http://".count))\"]")
                StandardOutput.write("app_id: \(workspace.appID)  workspace: \(workspace.teamID)")
                StandardOutput.write("bot_token: \(workspace.botToken)  signing_secret: \(workspace.signingSecret)")
                let people = workspace.people.map { "\($0.name) slack:\($0.teamID)/\($0.id)" }
                let channels = workspace.channels.map { "\($0.name) slack:\(workspace.teamID)/\($0.id)" }
                StandardOutput.write("people: \(people.joined(separator: ", "))")
                StandardOutput.write("channels: \(channels.joined(separator: ", "))")
            }
            await transport.shutdown()
        }
    }

    /// Runs a simulator until a signal comes, and announces its address.
    private static func serve(
        _ server: SandboxServer,
        port: Int,
        _ announce: @escaping @Sendable (String) -> Void
    ) async throws {
        let group = ServiceGroup(
            services: [server, Announcement(server: server, announce: announce)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "sandbox") { TextLogHandler(label: $0, logLevel: .error) }
        )
        do {
            try await group.run()
        } catch {
            throw ListenProblem(error, at: .hostname("127.0.0.1", port: port), setting: "--port") ?? error
        }
    }

    private struct Announcement: Service {
        let server: SandboxServer
        let announce: @Sendable (String) -> Void

        func run() async throws {
            announce(try await server.baseURL())
            try? await gracefulShutdown()
        }
    }
}
