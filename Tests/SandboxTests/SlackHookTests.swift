import CurlHTTP
import FoundationEssentials
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(20)))
struct SlackHookTests {
    /// The `response_url` that came with the first command.
    private static func hook(_ slack: SimulatedSlack) async throws -> String {
        let delivery = try #require(try await slack.send("/cluster list", as: "U0AMY", in: "C0OPS"))
        return try #require(FormCoding.decode(delivery.body)["response_url"])
    }

    @Test("five uses and no sixth")
    func fiveUses() async throws {
        try await withSlack { slack, api in
            let url = try await Self.hook(slack)
            for number in 1...5 {
                let reply = try await api.useHook(url, ["text": .string("answer \(number)")])
                #expect(reply.status == 200)
                #expect(reply.text == "ok")
            }
            let sixth = try await api.useHook(url, ["text": "answer 6"])
            #expect(sixth.status == 404)
            #expect(sixth.text == "used_url")
            let shown = await slack.ephemerals(for: "U0AMY").filter { $0.kind == .message }.map(\.text)
            #expect(shown == (1...5).map { "answer \($0)" })
        }
    }

    @Test("a use that is refused for its content counts all the same")
    func refusedUsesCount() async throws {
        try await withSlack { slack, api in
            let url = try await Self.hook(slack)
            #expect(try await api.useHook(url, [:]).text == "no_text")
            #expect(try await api.useHook(url, ["blocks": [["type": "carousel"]]]).text == "invalid_blocks")
            #expect(try await api.useHook(url, [1]).text == "invalid_payload")
            #expect(try await api.useHook(url, ["text": "4"]).status == 200)
            #expect(try await api.useHook(url, ["text": "5"]).status == 200)
            #expect(try await api.useHook(url, ["text": "6"]).text == "used_url")
        }
    }

    @Test("thirty minutes and no longer; unknown addresses are unknown")
    func expiry() async throws {
        let clock = StandingClock()
        var workspace = SlackWorkspace.demo
        workspace.now = clock.now
        try await withSlack(workspace: workspace) { slack, api in
            let url = try await Self.hook(slack)
            clock.advance(30 * 60)
            #expect(try await api.useHook(url, ["text": "in time"]).status == 200)
            clock.advance(1)
            let late = try await api.useHook(url, ["text": "late"])
            #expect(late.status == 404)
            #expect(late.text == "expired_url")
            #expect(try await api.useHook(url + "x", ["text": "guess"]).status == 404)
        }
    }

    @Test("public answers reach channels the app is not in; replacing keeps the visibility; deleting deletes")
    func replacing() async throws {
        try await withSlack { slack, api in
            let delivery = try #require(try await slack.send("/cluster list", as: "U0AMY", in: "C0RANDOM"))
            let url = try #require(FormCoding.decode(delivery.body)["response_url"])
            _ = try await api.useHook(url, ["text": "for all", "response_type": "in_channel"])
            #expect(await slack.messages(in: "C0RANDOM").map(\.text) == ["for all"])
            _ = try await api.useHook(url, ["text": "changed", "replace_original": true, "response_type": "ephemeral"])
            #expect(await slack.messages(in: "C0RANDOM").map(\.text) == ["changed"])
            _ = try await api.useHook(url, ["delete_original": "true"])
            #expect(await slack.messages(in: "C0RANDOM").isEmpty)
        }
    }
}
