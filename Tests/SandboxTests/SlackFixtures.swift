import CurlHTTP
import FoundationEssentials
import Logging
import NIOConcurrencyHelpers
import TestSupport

@testable import Sandbox

/// The app behind the simulated Slack: keeps what it gets and answers what it is told to.
final class FakeApp: SandboxHandler {
    private let requests = NIOLockedValueBox<[SandboxRequest]>([])
    private let answer: @Sendable (SandboxRequest) async -> SandboxReply

    init(_ answer: @escaping @Sendable (SandboxRequest) async -> SandboxReply = { _ in SandboxReply(status: 200) }) {
        self.answer = answer
    }

    var received: [SandboxRequest] { requests.withLockedValue { $0 } }

    func admits(_ head: SandboxRequest) async -> Bool { true }

    func reply(to request: SandboxRequest) async -> SandboxReply {
        // A test beside this one may still call the server that had this port before.
        guard request.method == "POST" else { return SandboxReply(status: 404) }
        requests.withLockedValue { $0.append(request) }
        return await answer(request)
    }
}

extension SlackWorkspace {
    /// With time for an app on a busy machine.
    static var unhurried: SlackWorkspace {
        var workspace = demo
        workspace.answerWithin = .patience
        return workspace
    }
}

/// A simulated workspace, served while the body runs, with an app behind it.
func withSlack<Value: Sendable>(
    workspace: SlackWorkspace = .unhurried,
    app: FakeApp = FakeApp(),
    moveTime: (@Sendable (Duration) -> Void)? = nil,
    _ body: @escaping @Sendable (SimulatedSlack, SlackClient) async throws -> Value
) async throws -> Value {
    let transport = try CurlTransport()
    defer { Task { await transport.shutdown() } }
    let slack = try SimulatedSlack(workspace: workspace, transport: transport, moveTime: moveTime)
    return try await serving(
        SandboxServer(
            host: "127.0.0.1",
            port: 0,
            handler: app,
            logger: Logger(label: "app") { _ in SwiftLogNoOpLogHandler() }
        )
    ) { appURL in
        await slack.connect(commands: appURL + "/commands", interactions: appURL + "/interactions")
        return try await serving(slack.application()) { base in
            try await body(slack, SlackClient(client: Client(base: base, transport: transport)))
        }
    }
}

/// The app's side of the Web API.
struct SlackClient: Sendable {
    let client: Client
    var token: String? = "xoxb-sandbox-token"

    func call(_ method: String, _ arguments: SandboxJSON) async throws -> CurlResponse {
        try await client.post("/api/\(method)", arguments, token: token)
    }

    /// A read: Slack takes its arguments as a form only.
    func read(_ method: String, _ arguments: [(String, String)] = []) async throws -> SandboxJSON {
        try await client.send(
            .post,
            "/api/\(method)",
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded"), ("Authorization", "Bearer \(token ?? "")"),
            ],
            body: Array(FormCoding.encode(arguments).utf8)
        ).json
    }

    func post(_ text: String, blocks: SandboxJSON? = nil, to channel: String = "C0OPS") async throws -> SandboxJSON {
        var arguments: SandboxJSON = ["channel": .string(channel), "text": .string(text)]
        arguments["blocks"] = blocks
        return try await call("chat.postMessage", arguments).json
    }

    func useHook(_ url: String, _ body: SandboxJSON) async throws -> CurlResponse {
        try await client.post(String(url.dropFirst(client.base.count)), body)
    }
}

/// A row with one button.
func buttons(_ actionID: String, value: String) -> SandboxJSON {
    [
        [
            "type": "actions",
            "elements": [
                [
                    "type": "button", "action_id": .string(actionID), "value": .string(value),
                    "text": ["type": "plain_text", "text": "Press"],
                ]
            ],
        ]
    ]
}
