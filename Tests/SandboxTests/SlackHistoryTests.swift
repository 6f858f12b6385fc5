import CurlHTTP
import FoundationEssentials
import Testing

@testable import Sandbox

/// `conversations.history` of the simulated Slack, with Slack's own limits.
@Suite(.timeLimit(.minutes(20)))
struct SlackHistoryTests {
    private static let head: SandboxJSON = ["event_type": "clusterbot_head", "event_payload": ["seq": 1]]

    private func fill(_ slack: SimulatedSlack, _ count: Int, in channel: String = "C0HISTORY") async {
        for number in 1...count { await slack.plant("m\(number)", by: SlackAuthor(user: "U0DAVE"), in: channel) }
    }

    private func texts(_ reply: SandboxJSON) -> [String] {
        (reply["messages"]?.array ?? []).compactMap { $0["text"]?.string }
    }

    private func history(_ api: SlackClient, _ arguments: [String: String]) async throws -> SandboxJSON {
        try await api.read("conversations.history", arguments.map { ($0.key, $0.value) })
    }

    @Test func theNewestComeFirstPageByPage() async throws {
        try await withSlack { slack, api in
            await fill(slack, 5)
            var arguments = ["channel": "C0HISTORY", "limit": "2"]
            var seen: [[String]] = []
            repeat {
                let reply = try await history(api, arguments)
                seen.append(texts(reply))
                arguments["cursor"] = reply["response_metadata"]?["next_cursor"]?.string
                #expect(reply["has_more"] == .bool(arguments["cursor"] != nil))
            } while arguments["cursor"] != nil
            #expect(seen == [["m5", "m4"], ["m3", "m2"], ["m1"]])
        }
    }

    /// With `oldest` alone Slack goes forward from there.
    @Test func fromAMomentOnItGoesForward() async throws {
        try await withSlack { slack, api in
            await fill(slack, 5)
            let first = try #require(await slack.messages(in: "C0HISTORY").first).ts
            let reply = try await history(api, ["channel": "C0HISTORY", "limit": "2", "oldest": first])
            #expect(texts(reply) == ["m3", "m2"])
            let cursor = try #require(reply["response_metadata"]?["next_cursor"]?.string)
            let next = try await history(
                api,
                ["channel": "C0HISTORY", "limit": "2", "oldest": first, "cursor": cursor]
            )
            #expect(texts(next) == ["m5", "m4"])
            let all = try await history(api, ["channel": "C0HISTORY", "oldest": first, "inclusive": "true"])
            #expect(texts(all).count == 5)
        }
    }

    @Test func metadataIsShownOnlyToWhoeverAsksForIt() async throws {
        try await withSlack { slack, api in
            _ = try await api.call(
                "chat.postMessage",
                ["channel": "C0HISTORY", "text": "done", "metadata": Self.head]
            )
            let without = try await history(api, ["channel": "C0HISTORY"])
            #expect(without["messages"]?.array?.first?["metadata"] == nil)
            let with = try await history(api, ["channel": "C0HISTORY", "include_all_metadata": "true"])
            let message = try #require(with["messages"]?.array?.first)
            #expect(message["metadata"] == Self.head)
            #expect(message["bot_id"] == "B0BOT" && message["app_id"] == "A0001" && message["team"] == "T0001")
        }
    }

    @Test func whatIsNotThereOrNotAllowedIsRefused() async throws {
        try await withSlack { slack, api in
            for (arguments, error) in [
                (["channel": "C404"], "channel_not_found"), (["channel": "C0RANDOM"], "not_in_channel"),
                (["channel": "C0HISTORY", "limit": "1000"], "invalid_limit"),
                (["channel": "C0HISTORY", "limit": "0"], "invalid_limit"),
                (["channel": "C0HISTORY", "cursor": "x"], "invalid_cursor"),
                (["channel": "C0HISTORY", "oldest": "yesterday"], "invalid_ts_oldest"),
            ] {
                let found = try await history(api, arguments)["error"]
                #expect(found == .string(error), "\(arguments)")
            }
            await slack.setScope("channels:history", isGranted: false)
            let refused = try await history(api, ["channel": "C0HISTORY"])["error"]
            #expect(refused == "missing_scope")
        }
    }

    @Test func removedAndPrivateMessagesAreNotInIt() async throws {
        try await withSlack { slack, api in
            await fill(slack, 2)
            _ = try await api.call(
                "chat.postEphemeral",
                ["channel": "C0HISTORY", "user": "U0AMY", "text": "only for you"]
            )
            await slack.empty("C0HISTORY")
            #expect(texts(try await history(api, ["channel": "C0HISTORY"])) == [])
        }
    }

    @Test func itIsPaced() async throws {
        var workspace = SlackWorkspace.unhurried
        workspace.callsPerMinute["conversations.history"] = 2
        try await withSlack(workspace: workspace) { _, api in
            for error in [nil, nil, "ratelimited"] as [SandboxJSON?] {
                let found = try await history(api, ["channel": "C0HISTORY"])["error"]
                #expect(found == error)
            }
        }
    }
}
