import CurlHTTP
import Foundation
import Sandbox
import TestSupport
import Testing

/// What must be refused, clearly and without any effect; never with a 5xx.
@Suite(.timeLimit(.minutes(20)))
struct HostileRequestsTests {
    @Test func everythingThatIsNotGenuineIsRefusedWithoutEffect() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let sender = Sender(world: world, url: bot.url)
        let good = Self.form(["text": "43 scale 1"])

        #expect(try await sender.post(good, signature: "v0=" + String(repeating: "0", count: 64)).status == 401)
        #expect(try await sender.post(good, signature: nil).status == 401)
        #expect(try await sender.post(good, at: Date(timeIntervalSinceNow: -301)).status == 401)
        #expect(try await sender.post(good, at: Date(timeIntervalSinceNow: 400)).status == 401)
        let unsigned = try await sender.post(good, signature: nil)
        #expect(unsigned.body.isEmpty)

        for (fields, text) in [(["api_app_id": "A0EVIL"], "app"), (["team_id": "T0EVIL"], "workspace")] {
            let reply = try await sender.post(Self.form(["text": "43 scale 1"].merging(fields) { _, new in new }))
            #expect(reply.status == 200)
            #expect(String(decoding: reply.body, as: UTF8.self).contains(text))
            #expect(String(decoding: reply.body, as: UTF8.self).contains(#""response_type":"ephemeral""#))
        }
        #expect(try await sender.post("text=%ZZ").status == 400)
        #expect(try await sender.post("payload=%7Bnot", to: "interactions").status == 400)
        #expect(try await sender.post(String(repeating: "a", count: 64 * 1024 + 1)).status == 413)
        #expect(try await sender.post(String(repeating: "a", count: 1024 * 1024)).status == 413)
        var generator = SplitMix64(seed: 1)
        for _ in 0..<20 {
            let noise = (0..<500).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let status = try await sender.post(bytes: noise).status
            #expect((400..<500).contains(status))
        }
        #expect(try await sender.get("/slack/nothing").status == 404)
        #expect(try await sender.get("/mattermost/commands").status == 404)

        let unknownUser = try await sender.post(Self.form(["text": "99 scale 1", "user_id": "U0NOBODY"]))
        #expect(String(decoding: unknownUser.body, as: UTF8.self).contains("not set up"))
        let unknownCluster = try await sender.post(Self.form(["text": "99 scale 1"]))
        #expect(String(decoding: unknownCluster.body, as: UTF8.self).contains("no cluster or command"))

        let listed = try await world.run("changes", "list", "--json")
        #expect(try json(listed.output).array?.isEmpty == true)
        #expect(await world.cloud.received.isEmpty)
        // What the start asks for itself.
        let asked: Set = ["auth.test", "conversations.history"]
        #expect(await world.slack.state.calls.allSatisfy { asked.contains($0.method) })
        let metrics = String(decoding: try await sender.get("/metrics").body, as: UTF8.self)
        #expect(metrics.contains(#"clusterbot_webhooks_total{platform="slack",outcome="bad_signature"} 5"#))
        #expect(metrics.contains(#"clusterbot_webhooks_total{platform="slack",outcome="foreign_app"} 1"#))
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func theSameBytesAgainChangeNothing() async throws {
        let world = try await World()
        var bot = try await world.startBot()
        let body = Self.form(["text": "43 scale 1"])
        let first = try await Sender(world: world, url: bot.url).post(body)
        let sender = Sender(world: world, url: bot.url)
        let replies = try await withThrowingTaskGroup(of: CurlResponse.self) { group in
            for _ in 0..<50 { group.addTask { try await sender.post(body) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(replies.allSatisfy { $0.status == 200 && $0.body == first.body })
        #expect(try await bot.stop() == 0)
        bot = try await world.startBot()
        #expect(try await Sender(world: world, url: bot.url).post(body).body == first.body)
        try await world.sees("– done")
        #expect(await world.cloud.actions.count == 1)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    static func form(_ fields: [String: String]) -> String {
        let usual = [
            "token": "x", "team_id": "T0001", "team_domain": "sandbox", "channel_id": "C0OPS", "channel_name": "ops",
            "user_id": "U0AMY", "user_name": "amy", "command": "/cluster", "text": "help", "api_app_id": "A0001",
            "trigger_id": "1.2.3", "response_url": "https://hooks.slack.com/commands/T0001/1/x",
        ]
        let allowed = CharacterSet.alphanumerics
        return usual.merging(fields) { _, new in new }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")" }.joined(
                separator: "&"
            )
    }
}

/// Sends what Slack would send, or almost.
struct Sender: Sendable {
    let world: World
    let url: String

    func post(_ body: String, to endpoint: String = "commands", at time: Date = Date()) async throws -> CurlResponse {
        try await post(bytes: Array(body.utf8), to: endpoint, at: time)
    }

    func post(bytes: [UInt8], to endpoint: String = "commands", at time: Date = Date()) async throws -> CurlResponse {
        try await send(bytes, endpoint, await world.slack.signedHeaders(for: bytes, at: time))
    }

    func post(_ body: String, over transport: CurlTransport) async throws -> CurlResponse {
        let bytes = Array(body.utf8)
        return try await send(bytes, "commands", await world.slack.signedHeaders(for: bytes, at: Date()), transport)
    }

    func post(
        _ body: String,
        signature: String?,
        over transport: CurlTransport? = nil
    ) async throws -> CurlResponse {
        var headers = await world.slack.signedHeaders(for: Array(body.utf8), at: Date())
        headers.removeAll { $0.name == "X-Slack-Signature" }
        if let signature { headers.append(("X-Slack-Signature", signature)) }
        return try await send(Array(body.utf8), "commands", headers, transport)
    }

    func get(_ path: String) async throws -> CurlResponse {
        try await world.transport.execute(
            CurlRequest(url: url + path, sending: .repeatable, allowsPlainHTTP: true, allowsPrivateAddress: true)
        )
    }

    private func send(
        _ body: [UInt8],
        _ endpoint: String,
        _ headers: [(name: String, value: String)],
        _ transport: CurlTransport? = nil
    ) async throws -> CurlResponse {
        try await (transport ?? world.transport).execute(
            CurlRequest(
                method: .post,
                url: "\(url)/slack/\(endpoint)",
                headers: headers + [("Content-Type", "application/x-www-form-urlencoded")],
                body: body,
                sending: .repeatable,
                allowsPlainHTTP: true,
                allowsPrivateAddress: true
            )
        )
    }
}
