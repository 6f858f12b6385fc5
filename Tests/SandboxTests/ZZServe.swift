import CurlHTTP
import Foundation
import Logging
import Testing

@testable import Sandbox

struct ZZServe {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["ZZSERVE"] != nil))
    func serveForAWhile() async throws {
        let transport = try CurlTransport()
        let cloud = try SimulatedCloud()
        let slack = try SimulatedSlack(transport: transport, cloud: cloud.view)
        let app = FakeApp { request in
            let fields = FormCoding.decode(String(decoding: request.body, as: UTF8.self))
            let token = "xoxb-sandbox-token"
            let api = SlackClient(client: Client(base: "http://127.0.0.1:18811", transport: transport), token: token)
            let cluster = CloudClient(client: Client(base: "http://127.0.0.1:18812", transport: transport))
            if request.path == "/commands" {
                let text = fields["text"] ?? ""
                if text.contains("scale") {
                    let blocks: SandboxJSON = [
                        ["type": "header", "text": ["type": "plain_text", "text": "#17: scale prod-train"]],
                        ["type": "section", "text": ["type": "mrkdwn", "text": "<@U0AMY> wants to *add 4 nodes* to `prod-train` (42): *8 → 12 nodes*."],
                         "fields": [
                            ["type": "mrkdwn", "text": "*Cluster*\nprod-train (42), Delhi"], ["type": "mrkdwn", "text": "*Cost*\n+4 × 1,840 INR an hour"],
                            ["type": "mrkdwn", "text": "*Needs*\n1 of <!subteam^S0LEADS|@leads>"], ["type": "mrkdwn", "text": "*Until*\n<!date^1800000000^{time}|x>"],
                        ]],
                        ["type": "section", "text": ["type": "mrkdwn", "text": "&gt; eval run of the _new_ tokenizer &amp; ~old~ one\n```PUT cluster/42\n{\"action\":\"scale_cluster\"}```\nsee <https://example.com/a?b=1&amp;c=2|the plan> :warning:"]],
                        ["type": "divider"],
                        ["type": "actions", "elements": [
                            ["type": "button", "style": "primary", "action_id": "approve", "value": "x", "text": ["type": "plain_text", "text": "Approve"],
                             "confirm": ["title": ["type": "plain_text", "text": "Add 4 nodes?"], "text": ["type": "mrkdwn", "text": "`prod-train` goes from *8 to 12* nodes. Nodes cannot be removed from chat."], "confirm": ["type": "plain_text", "text": "Approve"], "deny": ["type": "plain_text", "text": "Not yet"]]],
                            ["type": "button", "style": "danger", "action_id": "deny", "value": "x", "text": ["type": "plain_text", "text": "Deny"]],
                            ["type": "button", "action_id": "cancel", "value": "x", "text": ["type": "plain_text", "text": "Cancel"]],
                        ]],
                        ["type": "context", "elements": [["type": "mrkdwn", "text": "Plan `9f2c41aa03bd` · expires in 30 minutes"]]],
                    ]
                    _ = try? await api.post("#17: add 4 nodes to prod-train", blocks: blocks, to: fields["channel_id"] ?? "")
                    return .json(["response_type": "ephemeral", "text": "This is change *#17*. A lead has to agree."])
                }
                return .json(["response_type": "ephemeral", "text": .string("No cluster called `\(text)`. See `/cluster help`.")])
            }
            _ = try? await cluster.put(["action": "scale_cluster", "additional_nodes": 4])
            let form = SandboxJSON(parsing: (fields["payload"] ?? "").utf8)
            _ = try? await api.call("chat.update", ["channel": form?["channel"]?["id"] ?? nil, "ts": form?["message"]?["ts"] ?? nil,
                "text": "*#17* done: `prod-train` has *12 nodes* (was 8). Asked by <@U0AMY>, approved by <@U0BOB>.\nSEQ 23: `a1b2c3d4e5f60718`"])
            return SandboxReply(status: 200)
        }
        await slack.connect(commands: "http://127.0.0.1:18813/commands", interactions: "http://127.0.0.1:18813/interactions")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await slack.application(port: 18811).run() }
            group.addTask { try await cloud.application(port: 18812).run() }
            group.addTask { try await SandboxServer(host: "127.0.0.1", port: 18813, handler: app, logger: Logger(label: "x")).run() }
            group.addTask { try await Task.sleep(for: .seconds(3000)) }
            _ = try await group.next()
            group.cancelAll()
        }
    }
}
