import CurlHTTP
import Foundation
import Logging
import NIOConcurrencyHelpers
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(20)))
struct SlackPageTests {
    private static func state(_ api: SlackClient, as user: String, channel: String, since: Int = 0) async throws
        -> SandboxJSON
    {
        try await api.client.send(.get, "/sandbox/slack/state?as=\(user)&channel=\(channel)&since=\(since)").json
    }

    @Test("the page is one file that loads nothing from anywhere")
    func selfContained() async throws {
        try await withSlack { _, api in
            let page = try await api.client.send(.get, "/")
            #expect(page.status == 200)
            #expect(page.header("Content-Type") == "text/html; charset=utf-8")
            #expect(page.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
            for word in ["src=", "@import", "url(", "innerHTML", "insertAdjacentHTML", "document.write"] {
                #expect(!page.text.contains(word), "\(word)")
            }
            #expect(page.body.count < 40_000)
        }
    }

    @Test("time is moved where the world can be, by a day at most")
    func time() async throws {
        let moved = NIOLockedValueBox<[Duration]>([])
        try await withSlack(moveTime: { span in moved.withLockedValue { $0.append(span) } }) { _, api in
            #expect(try await Self.state(api, as: "U0AMY", channel: "C0OPS")["moves_time"] == true)
            #expect(try await api.client.post("/sandbox/slack/time", ["seconds": 900]).status == 200)
            for wrong: SandboxJSON in [["seconds": 0], ["seconds": 86_401], ["seconds": "900"], [:]] {
                let refused = try await api.client.post("/sandbox/slack/time", wrong)
                #expect(refused.status == 400 && refused.text.contains("1 to 86400"), "\(wrong)")
            }
        }
        #expect(moved.withLockedValue { $0 } == [.seconds(900)])
        try await withSlack { _, api in
            #expect(try await Self.state(api, as: "U0AMY", channel: "C0OPS")["moves_time"] == false)
            let refused = try await api.client.post("/sandbox/slack/time", ["seconds": 900])
            #expect(refused.status == 400 && refused.text.contains("cannot be moved"))
        }
    }

    @Test("private messages are shown to their person alone")
    func privacy() async throws {
        try await withSlack(app: FakeApp { _ in .text("for you") }) { slack, api in
            try await slack.send("/cluster whoami", as: "U0AMY", in: "C0OPS")
            let hers = try await Self.state(api, as: "U0AMY", channel: "C0OPS")
            #expect(hers["messages"]?.array?.map { $0["text"] } == ["/cluster whoami", "for you"])
            let his = try await Self.state(api, as: "U0BOB", channel: "C0OPS")
            #expect(his["messages"] == [])
            let guest = try await Self.state(api, as: "U0GUEST", channel: "C0OPS")
            #expect(guest["channels"]?.array?.compactMap { $0["id"]?.string } == ["C0SHARED"])
            #expect(guest["channel"] == "C0SHARED")
        }
    }

    @Test("only what changed since a revision is told, deletions included")
    func changes() async throws {
        try await withSlack { slack, api in
            let posted = try await api.post("one", blocks: buttons("approve", value: "v"))
            let ts = try #require(posted["ts"]?.string)
            let first = try await Self.state(api, as: "U0AMY", channel: "C0OPS")
            let revision = try #require(first["revision"]?.int)
            #expect(first["messages"]?.array?.count == 1)
            let quiet = try await Self.state(api, as: "U0AMY", channel: "C0OPS", since: revision)
            #expect(quiet["messages"] == [])
            let delivery = try await slack.click("approve", on: ts, in: "C0OPS", as: "U0AMY")
            let form = FormCoding.decode(delivery.body)
            let url = try #require(SandboxJSON(parsing: (form["payload"] ?? "").utf8)?["response_url"]?.string)
            _ = try await api.useHook(url, ["delete_original": true])
            let after = try await Self.state(api, as: "U0AMY", channel: "C0OPS", since: revision)
            #expect(after["messages"]?[0]?["deleted"] == true)
        }
    }

    @Test("an edit that comes while the clusters are looked at is told then or with the next look")
    func noEditIsLost() async throws {
        let edit = NIOLockedValueBox<(@Sendable () async -> Void)?>(nil)
        let view = CloudView(
            snapshot: {
                await edit.withLockedValue { $0 }?()
                return [:]
            },
            inject: { _ in nil }
        )
        let transport = try CurlTransport()
        defer { Task { await transport.shutdown() } }
        let slack = try SimulatedSlack(transport: transport, cloud: view)
        try await serving(slack.application()) { base in
            let api = SlackClient(client: Client(base: base, transport: transport))
            _ = try await api.post("before")
            edit.withLockedValue {
                $0 = {
                    guard var message = await slack.messages(in: "C0OPS").first, message.text == "before" else {
                        return
                    }
                    message.text = "after"
                    await slack.keep(message)
                }
            }
            let first = try await Self.state(api, as: "U0AMY", channel: "C0OPS")
            let since = try #require(first["revision"]?.int)
            let next = try await Self.state(api, as: "U0AMY", channel: "C0OPS", since: since)
            #expect(next["messages"]?[0]?["text"] == "after" || first["messages"]?[0]?["text"] == "after")
        }
    }

    @Test("typing, clicking and faults work through the page's interface, JSON only")
    func acting() async throws {
        let app = FakeApp()
        let cloud = try SimulatedCloud()
        let transport = try CurlTransport()
        defer { Task { await transport.shutdown() } }
        let slack = try SimulatedSlack(transport: transport, cloud: cloud.view)
        let appServer = SandboxServer(
            host: "127.0.0.1",
            port: 0,
            handler: app,
            logger: Logger(label: "app") { _ in SwiftLogNoOpLogHandler() }
        )
        try await serving(appServer) { appURL in
            await slack.connect(commands: appURL + "/commands", interactions: appURL + "/interactions")
            try await serving(slack.application()) { base in
                let client = Client(base: base, transport: transport)
                let line: SandboxJSON = ["as": "U0AMY", "channel": "C0OPS", "text": "/cluster list"]
                #expect(try await client.post("/sandbox/slack/send", line).status == 200)
                #expect(app.received.count == 1)
                let plain = try await client.send(
                    .post,
                    "/sandbox/slack/send",
                    headers: [("Content-Type", "text/plain")],
                    body: line.bytes
                )
                #expect(plain.status == 400)
                #expect(app.received.count == 1)
                let outside = try await client.post(
                    "/sandbox/slack/send",
                    ["as": "U0GUEST", "channel": "C0OPS", "text": "hi"]
                )
                #expect(outside.json["error"]?.string?.contains("C0OPS") == true)
                #expect(try await client.post("/sandbox/cloud/faults", ["kind": "drop_after"]).status == 200)
                #expect(await cloud.faults.map(\.kind) == [.dropAfter])
                #expect(try await client.post("/sandbox/cloud/faults", ["kind": "x"]).status == 400)
                let state = try await client.send(.get, "/sandbox/slack/state").json
                #expect(state["cloud"]?["clusters"]?[0]?["no_of_nodes"] == 8)
            }
        }
    }

    @Test("messages, addresses and logs of a workspace that was simply dropped are there again")
    func journal() async throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let transport = try CurlTransport()
        defer { Task { await transport.shutdown() } }
        let first = try SimulatedSlack(transport: transport, journalPath: path)
        let ts = try await serving(first.application()) { base in
            let api = SlackClient(client: Client(base: base, transport: transport))
            let ts = try #require(try await api.post("one")["ts"])
            _ = try await api.call("chat.update", ["channel": "C0OPS", "ts": ts, "text": "two"])
            await first.archive("C0RANDOM")
            return ts
        }
        let again = try SimulatedSlack(transport: transport, journalPath: path)
        #expect(await again.messages(in: "C0OPS").map(\.text) == ["two"])
        #expect(await again.state.calls.map(\.method) == ["chat.postMessage", "chat.update"])
        #expect(await again.state.calls.map(\.status) == [200, 200])
        try await serving(again.application()) { base in
            let api = SlackClient(client: Client(base: base, transport: transport))
            let updated = try await api.call("chat.update", ["channel": "C0OPS", "ts": ts, "text": "three"]).json
            #expect(updated["ok"] == true)
            let newer = try #require(try await api.post("four")["ts"]?.string)
            #expect(newer > (ts.string ?? ""))
        }
    }
}
