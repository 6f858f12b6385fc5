import CurlHTTP
import Foundation
import Logging
import Sandbox
import ServiceLifecycle
import TestSupport

/// The simulated cloud and workspace on real sockets, and the built clusterbot as a process between them.
final class World: Sendable {
    let cloud: SimulatedCloud
    let slack: SimulatedSlack
    let folder: TemporaryFolder
    let transport: CurlTransport
    let configuration: String
    private let sandbox: ServiceGroup
    private let running: Task<Void, any Error>

    /// - Parameter edit: changes the configuration's text before it is written.
    init(
        workspace: SlackWorkspace = .demo,
        settings: CloudSettings = CloudSettings(),
        _ edit: (String) -> String = { $0 }
    ) async throws {
        folder = try TemporaryFolder()
        transport = try CurlTransport()
        cloud = try SimulatedCloud(settings: settings)
        slack = try SimulatedSlack(workspace: workspace, transport: transport)
        let cloudServer = cloud.application()
        let slackServer = slack.application()
        let quiet = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
        let sandbox = ServiceGroup(services: [cloudServer, slackServer], logger: quiet)
        self.sandbox = sandbox
        running = Task { try await sandbox.run() }
        let text = Self.configuration(
            cloud: try await cloudServer.baseURL(),
            slack: try await slackServer.baseURL(),
            responseHost: "127.0.0.1:\(try await slackServer.boundPort())"
        )
        configuration = try folder.write(edit(text), to: "clusterbot.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: configuration)
    }

    /// Stops the simulators.
    func end() async throws {
        await sandbox.triggerGracefulShutdown()
        try await running.value
        await transport.shutdown()
    }

    /// Starts the service, waits until it listens, and tells the workspace where it is.
    func startBot(
        environment: [String: String] = [:],
        arguments: [String] = [],
        descriptors: Int? = nil,
        user: SystemUser? = nil
    ) async throws -> RunningBot {
        let bot = try await RunningBot(
            configuration: configuration,
            environment: Self.secrets.merging(environment) { _, new in new },
            arguments: arguments,
            descriptors: descriptors,
            user: user
        )
        await slack.connect(commands: bot.url + "/slack/commands", interactions: bot.url + "/slack/interactions")
        return bot
    }

    /// Runs another of the program's commands on the same configuration.
    func run(_ arguments: String..., user: SystemUser? = nil) async throws -> (
        exit: Int32, output: String, errors: String
    ) {
        let command = (user?.prefix ?? []) + [Tools.clusterbot] + arguments + ["--config", configuration]
        return try await ChildProcess.run(command[0], Array(command.dropFirst()), environment: Self.secrets)
    }

    /// Starts another of the program's commands on the same configuration.
    func start(_ arguments: String...) throws -> ChildProcess {
        try ChildProcess(Tools.clusterbot, arguments + ["--config", configuration], environment: Self.secrets)
    }

    // MARK: People

    func amy(_ text: String, in channel: String = "C0OPS") async throws {
        _ = try await slack.send(text, as: "U0AMY", in: channel)
    }

    /// Clicks the newest button with this label in a channel, once it is there.
    /// - Parameter name: the button's label, or what it is for: a confirmation says what it will do.
    func click(_ name: String, as user: String, in channel: String = "C0OPS") async throws {
        let find: @Sendable (SlackState) -> (ts: String, id: String, value: String)? = { state in
            for message in state.messages(in: channel).reversed() {
                for button in message.buttons {
                    guard let id = button["action_id"]?.string, let value = button["value"]?.string else { continue }
                    if button["text"]?["text"]?.string == name || id == name.lowercased() {
                        return (message.ts, id, value)
                    }
                }
            }
            return nil
        }
        try await slack.waitUntil("a button \(name) in \(channel)", within: .patience) { find($0) != nil }
        guard let button = find(await slack.state) else { return }
        try await slack.click(button.id, value: button.value, on: button.ts, in: channel, as: user)
    }

    /// Waits until a message in a channel holds a text.
    func sees(_ text: String, in channel: String = "C0OPS", within limit: Duration = .patience) async throws {
        try await slack.waitUntil("“\(text)” in \(channel)", within: limit) { state in
            state.messages(in: channel).contains { $0.readable.contains(text) }
        }
    }

    /// Waits until somebody is told something that only they see.
    func isTold(_ text: String, _ user: String) async throws {
        try await slack.waitUntil("“\(text)” for \(user)", within: .patience) { state in
            state.ephemerals(for: user).contains { $0.readable.contains(text) }
        }
    }

    // MARK: The configuration

    static let secrets = [
        "SLACK_BOT_TOKEN": SlackWorkspace.demo.botToken, "SLACK_SIGNING_SECRET": SlackWorkspace.demo.signingSecret,
        "E2E_VISION_KEY": CloudSettings.demoCredentials[0].apiKey,
        "E2E_VISION_TOKEN": CloudSettings.demoCredentials[0].token,
        "E2E_NLP_KEY": CloudSettings.demoCredentials[1].apiKey, "E2E_NLP_TOKEN": CloudSettings.demoCredentials[1].token,
    ]

    /// Long enough for a busy machine. A test in which the API does not answer puts shorter ones in their place.
    static let timeouts = "{connect: 10s, total: 30s}"

    /// Changes the configuration so that `check` warns of nothing in it: it waits briefly, and nobody may release.
    static func withoutWarnings(_ text: String) -> String {
        text.replacing("after: 3s", with: "after: 60s").replacing("allow: [resolve]", with: "allow: [resolve, release]")
    }

    /// Changes the configuration so that whoever runs the tests is bob at the terminal, and leads may release.
    static func withAnOperator(_ text: String) -> String {
        let host = ProcessInfo.processInfo.hostName
        return text.replacing(
            #"{name: bob, accounts: ["slack:T0001/U0BOB"]}"#,
            with: #"{name: bob, accounts: ["slack:T0001/U0BOB", "os:\#(host)/\#(getuid())"]}"#
        ).replacing("allow: [resolve]", with: "allow: [resolve, release]")
    }

    private static func configuration(cloud: String, slack: String, responseHost: String) -> String {
        """
        server: {listen: "127.0.0.1:0"}
        store: sqlite:clusterbot.db
        limits: {open_changes: 100000, requests_per_minute: 100000}
        cluster_api:
          base_url: \(cloud)/myaccount/api/v1/gpu
          timeouts: \(timeouts)
          reconcile: {after: 3s, every: 1s, give_up: 1h}
        projects:
          vision: {project_id: 1187, location: Delhi, active_iam: 55, api_key: {env: E2E_VISION_KEY}, token: {env: E2E_VISION_TOKEN}}
          nlp: {project_id: 1200, location: Chennai, api_key: {env: E2E_NLP_KEY}, token: {env: E2E_NLP_TOKEN}}
        clusters:
          - {id: 42, name: prod-train, project: vision, labels: {env: prod}}
          - {id: 43, name: dev-train, project: nlp, labels: {env: dev}}
        people:
          - {name: amy, accounts: ["slack:T0001/U0AMY"]}
          - {name: bob, accounts: ["slack:T0001/U0BOB"]}
          - {name: carol, accounts: ["slack:T0001/U0CAROL"]}
        groups:
          engineers: {people: [amy, bob, carol]}
          leads: {people: [bob, carol]}
        policy:
          - {name: dev is free, allow: [changes], who: [engineers], clusters: {labels: {env: dev}}, needs: none}
          - {name: prod is agreed, allow: [changes], who: [engineers], clusters: {labels: {env: prod}}}
          - {name: leads settle, allow: [resolve], who: [leads]}
        approval_default: {approvals: [{from: leads, count: 1}], within: 30m}
        chat:
          slack:
            app_id: A0001
            workspaces: {T0001: {bot_token: {env: SLACK_BOT_TOKEN}}}
            signing_secrets: [{env: SLACK_SIGNING_SECRET}]
            history_channel: C0HISTORY
            api_url: \(slack)/api/
            response_hosts: ["\(responseHost)"]
        contact: "#platform-help"

        """
    }
}

/// What a program printed, as JSON.
func json(_ text: String) throws -> SandboxJSON {
    guard let value = SandboxJSON(parsing: Array(text.utf8)) else { throw MissingTool("no JSON: \(text)") }
    return value
}
