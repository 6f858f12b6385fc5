import CurlHTTP
import FoundationEssentials
import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(20)))
struct SlackDeliveryTests {
    @Test("the signature is the one that Slack publishes for its example")
    func publishedVector() {
        let body = """
            token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar\
            &user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=\
            &response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN\
            &trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c
            """
        let signature = SimulatedSlackSignature.make(
            secret: "8f742231b10e8888abcd99yyyzzz85a5",
            timestamp: "1531420618",
            body: Array(body.utf8)
        )
        #expect(signature == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")
    }

    @Test("a command reaches the app signed, with every documented field")
    func command() async throws {
        let app = FakeApp()
        try await withSlack(app: app) { slack, api in
            let delivery = try #require(
                try await slack.send("/cluster 42 scale 4 --reason \"a<b & c\" @bob #ops", as: "U0AMY", in: "C0OPS")
            )
            #expect(delivery.status == 200)
            #expect(delivery.failure == nil)
            let request = try #require(app.received.first)
            #expect(request.path == "/commands")
            #expect(request.mediaType == "application/x-www-form-urlencoded")
            let timestamp = try #require(request.header("x-slack-request-timestamp"))
            let expected = SimulatedSlackSignature.make(
                secret: SlackWorkspace.demo.signingSecret,
                timestamp: timestamp,
                body: request.body
            )
            #expect(request.header("x-slack-signature") == expected)
            let fields = FormCoding.decode(String(decoding: request.body, as: UTF8.self))
            #expect(fields["text"] == "42 scale 4 --reason \"a&lt;b &amp; c\" <@U0BOB|bob> <#C0OPS|ops>")
            #expect(fields["command"] == "/cluster")
            #expect(fields["user_id"] == "U0AMY")
            #expect(fields["channel_id"] == "C0OPS")
            #expect(fields["team_id"] == "T0001")
            #expect(fields["api_app_id"] == "A0001")
            #expect(fields["response_url"]?.hasPrefix(api.client.base + "/hooks/commands/T0001/") == true)
            #expect(fields["trigger_id"]?.isEmpty == false)
            #expect(Set(fields.keys).isSuperset(of: ["token", "team_domain", "channel_name", "user_name"]))
        }
    }

    @Test("replies are private unless they say in_channel; then the command is shown to all, too")
    func replies() async throws {
        let app = FakeApp { request in
            FormCoding.decode(String(decoding: request.body, as: UTF8.self))["text"] == "42 scale 4"
                ? .json(["response_type": "in_channel", "text": "asked"]) : .json(["text": "only you"])
        }
        try await withSlack(app: app) { slack, _ in
            try await slack.send("/cluster whoami", as: "U0AMY", in: "C0OPS")
            #expect(await slack.messages(in: "C0OPS").isEmpty)
            #expect(await slack.ephemerals(for: "U0AMY").map(\.text) == ["/cluster whoami", "only you"])
            #expect(await slack.ephemerals(for: "U0BOB").isEmpty)
            try await slack.send("/cluster 42 scale 4", as: "U0AMY", in: "C0OPS")
            #expect(await slack.messages(in: "C0OPS").map(\.text) == ["/cluster 42 scale 4", "asked"])
        }
    }

    @Test(
        "an app that fails is shown as Slack shows it",
        arguments: [
            (SandboxReply(status: 500), "dispatch_failed"), (SandboxReply.closed, "dispatch_failed"),
            (SandboxReply.json(["blocks": [["type": "carousel"]]]), "invalid_command_response"),
        ]
    )
    func failingApp(reply: SandboxReply, word: String) async throws {
        try await withSlack(app: FakeApp { _ in reply }) { slack, _ in
            let delivery = try await slack.send("/cluster list", as: "U0AMY", in: "C0OPS")
            #expect(delivery?.failure == word)
            let notice = try #require(await slack.ephemerals(for: "U0AMY").last)
            #expect(notice.kind == .notice)
            #expect(notice.text == "/cluster failed with the error \"\(word)\"")
        }
    }

    @Test("an app that is too slow has timed out")
    func slowApp() async throws {
        var workspace = SlackWorkspace.demo
        #expect(workspace.answerWithin == .seconds(3))
        workspace.answerWithin = .milliseconds(300)
        let isLetGo = EventWaiter(false)
        let app = FakeApp { _ in
            try? await isLetGo.wait(for: "the end of the test") { $0 }
            return SandboxReply(status: 200)
        }
        try await withSlack(workspace: workspace, app: app) { slack, api in
            // The app's server ends when the app has answered.
            defer { isLetGo.update { $0 = true } }
            let delivery = try await slack.send("/cluster list", as: "U0AMY", in: "C0OPS")
            #expect(delivery?.failure == "operation_timeout")
            let ts = try #require(try await api.post("ask", blocks: buttons("approve", value: "v"))["ts"]?.string)
            try await slack.click("approve", on: ts, in: "C0OPS", as: "U0BOB")
            let warnings = await slack.messages(in: "C0OPS").last?.warnings
            #expect(warnings?.keys.sorted() == ["U0BOB"])
            #expect(warnings?["U0BOB"]?.contains("not responding") == true)
        }
    }

    @Test("a click reaches the app signed, as block_actions of the clicked message")
    func click() async throws {
        let app = FakeApp()
        try await withSlack(app: app) { slack, api in
            let ts = try #require(
                try await api.post("ask", blocks: buttons("approve", value: "v1"), to: "C0SHARED")["ts"]?.string
            )
            try await slack.click("approve", on: ts, in: "C0SHARED", as: "U0GUEST")
            let request = try #require(app.received.first)
            #expect(request.path == "/interactions")
            let timestamp = try #require(request.header("x-slack-request-timestamp"))
            let expected = SimulatedSlackSignature.make(
                secret: SlackWorkspace.demo.signingSecret,
                timestamp: timestamp,
                body: request.body
            )
            #expect(request.header("x-slack-signature") == expected)
            let form = FormCoding.decode(String(decoding: request.body, as: UTF8.self))
            let payload = try #require(SandboxJSON(parsing: (form["payload"] ?? "").utf8))
            #expect(payload["type"] == "block_actions")
            #expect(payload["user"]?["id"] == "U0GUEST")
            #expect(payload["user"]?["team_id"] == "T0EXT")
            #expect(payload["team"]?["id"] == "T0001")
            #expect(payload["api_app_id"] == "A0001")
            #expect(payload["container"]?["message_ts"]?.string == ts)
            #expect(payload["message"]?["ts"]?.string == ts)
            #expect(payload["actions"]?[0]?["action_id"] == "approve")
            #expect(payload["actions"]?[0]?["value"] == "v1")
            #expect(payload["actions"]?[0]?["block_id"]?.string?.isEmpty == false)

            let url = try #require(payload["response_url"]?.string)
            _ = try await api.useHook(url, ["text": "taken", "replace_original": true])
            #expect(await slack.messages(in: "C0SHARED").map(\.text) == ["taken"])
            await #expect(throws: SlackUserError.noSuchButton("approve")) {
                try await slack.click("approve", on: ts, in: "C0SHARED", as: "U0BOB")
            }
        }
    }

    @Test("what the user interface does not offer cannot be done")
    func impossible() async throws {
        let app = FakeApp()
        try await withSlack(app: app) { slack, api in
            await #expect(throws: SlackUserError.notInChannel("C0OPS")) {
                try await slack.send("/cluster list", as: "U0GUEST", in: "C0OPS")
            }
            // People from elsewhere have no slash commands of ours, and nobody has those of others.
            #expect(try await slack.send("/cluster list", as: "U0GUEST", in: "C0SHARED") == nil)
            #expect(try await slack.send("/giphy cat", as: "U0AMY", in: "C0OPS") == nil)
            let whisper = try await api.call(
                "chat.postEphemeral",
                ["channel": "C0OPS", "user": "U0AMY", "text": "psst", "blocks": buttons("approve", value: "v")]
            )
            let ts = try #require(whisper.json["message_ts"]?.string)
            await #expect(throws: SlackUserError.noSuchMessage(ts)) {
                try await slack.click("approve", on: ts, in: "C0OPS", as: "U0BOB")
            }
            #expect(app.received.isEmpty)
            try await slack.click("approve", on: ts, in: "C0OPS", as: "U0AMY")
            #expect(app.received.count == 1)
        }
    }

    @Test("waiting ends with the change, or says in vain for what")
    func waiting() async throws {
        try await withSlack { slack, api in
            async let seen: Void = slack.waitUntil("a message in ops") { $0.messages(in: "C0OPS").count == 1 }
            _ = try await api.post("here")
            try await seen
            let error = await #expect(throws: WaitTimedOut.self) {
                try await slack.waitUntil("snow", within: .milliseconds(50)) { _ in false }
            }
            #expect(error?.description.contains("snow") == true)
        }
    }
}
