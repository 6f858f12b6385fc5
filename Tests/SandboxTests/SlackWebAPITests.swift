import CurlHTTP
import FoundationEssentials
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(20)))
struct SlackWebAPITests {
    @Test("who calls is checked, and unknown methods are named as such")
    func door() async throws {
        try await withSlack { slack, api in
            #expect(try await api.call("auth.test", [:]).json["user_id"] == "U0BOT")
            #expect(try await api.call("chat.meMessage", [:]).json["error"] == "unknown_method")
            var caller = api
            caller.token = nil
            #expect(try await caller.call("auth.test", [:]).json == ["ok": false, "error": "not_authed"])
            caller.token = "xoxb-other"
            #expect(try await caller.call("auth.test", [:]).json["error"] == "invalid_auth")
            let malformed = try await api.client.send(
                .post,
                "/api/chat.postMessage",
                headers: [
                    ("Authorization", "Bearer xoxb-sandbox-token"), ("Content-Type", "application/json; charset=utf-8"),
                ],
                body: Array("{".utf8)
            )
            #expect(malformed.json["error"] == "invalid_json")
            #expect(await slack.messages(in: "C0OPS").isEmpty)
        }
    }

    @Test("forms are understood like JSON, blocks in them as a text")
    func forms() async throws {
        try await withSlack { slack, api in
            let form = FormCoding.encode([
                ("token", "xoxb-sandbox-token"), ("channel", "C0OPS"), ("text", "a + b & ü"),
                ("blocks", buttons("approve", value: "x").text),
            ])
            let reply = try await api.client.send(
                .post,
                "/api/chat.postMessage",
                headers: [("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(form.utf8)
            )
            #expect(reply.json["ok"] == true)
            let message = try #require(await slack.messages(in: "C0OPS").first)
            #expect(message.text == "a + b & ü")
            #expect(message.buttons.first?["action_id"] == "approve")
            #expect(await slack.state.calls.first?.arguments["token"] == nil)
        }
    }

    @Test("posting follows membership, archives and existence; a person's id means the direct conversation")
    func posting() async throws {
        try await withSlack { slack, api in
            #expect(try await api.post("hi", to: "C0RANDOM")["error"] == "not_in_channel")
            #expect(try await api.post("hi", to: "C404")["error"] == "channel_not_found")
            #expect(try await api.call("chat.postMessage", ["channel": "C0OPS"]).json["error"] == "no_text")
            let direct = try await api.post("hi", to: "U0AMY")
            #expect(direct["channel"] == "D0AMY")
            await slack.removeApp(from: "C0OPS")
            #expect(try await api.post("hi")["error"] == "not_in_channel")
            await slack.inviteApp(to: "C0OPS")
            #expect(try await api.post("hi")["ok"] == true)
            await slack.archive("C0OPS")
            #expect(try await api.post("hi")["error"] == "is_archived")
        }
    }

    @Test("names of messages are unique and increase, also when the clock stands still")
    func timestamps() async throws {
        var workspace = SlackWorkspace.demo
        workspace.postBurst = 100
        workspace.now = StandingClock().now
        try await withSlack(workspace: workspace) { _, api in
            var names: [String] = []
            for number in 1...20 {
                names.append(try #require(try await api.post("\(number)")["ts"]?.string))
            }
            #expect(names == names.sorted())
            #expect(Set(names).count == 20)
        }
    }

    @Test("one message a second and channel after a short burst; then 429 with the seconds to wait")
    func rateLimit() async throws {
        let clock = StandingClock()
        var workspace = SlackWorkspace.demo
        workspace.now = clock.now
        workspace.postBurst = 2
        try await withSlack(workspace: workspace) { slack, api in
            #expect(try await api.post("1")["ok"] == true)
            #expect(try await api.post("2")["ok"] == true)
            let third = try await api.call("chat.postMessage", ["channel": "C0OPS", "text": "3"])
            #expect(third.status == 429)
            #expect(third.header("Retry-After") == "1")
            #expect(third.json["error"] == "ratelimited")
            #expect(try await api.post("elsewhere", to: "C0HISTORY")["ok"] == true)
            clock.advance(1)
            #expect(try await api.post("3")["ok"] == true)
            #expect(try await api.call("chat.postMessage", ["channel": "C0OPS", "text": "4"]).status == 429)
            #expect(await slack.messages(in: "C0OPS").map(\.text) == ["1", "2", "3"])
        }
    }

    @Test("only the app's own public messages can be edited, and text alone takes the blocks away")
    func updating() async throws {
        try await withSlack { slack, api in
            let posted = try await api.post("ask", blocks: buttons("approve", value: "x"))
            let ts = try #require(posted["ts"])
            _ = try await slack.send("hello", as: "U0AMY", in: "C0OPS")
            let foreign = try #require(await slack.messages(in: "C0OPS").last?.ts)
            let whisper = try await api.call(
                "chat.postEphemeral",
                ["channel": "C0OPS", "user": "U0AMY", "text": "psst"]
            ).json
            let whispered = try #require(whisper["message_ts"])

            func update(_ ts: SandboxJSON, _ text: String, in channel: String = "C0OPS") async throws -> SandboxJSON? {
                try await api.call("chat.update", ["channel": .string(channel), "ts": ts, "text": .string(text)]).json[
                    "error"
                ]
            }
            #expect(try await update("1.000001", "x") == "message_not_found")
            #expect(try await update(ts, "x", in: "C0HISTORY") == "message_not_found")
            #expect(try await update(.string(foreign), "x") == "cant_update_message")
            #expect(try await update(whispered, "x") == "cant_update_message")
            #expect(try await update(ts, String(repeating: "x", count: 4001)) == "msg_too_long")
            #expect(try await update(ts, "done") == nil)
            let edited = try #require(await slack.messages(in: "C0OPS").first)
            #expect(edited.text == "done")
            #expect(edited.buttons.isEmpty)
            #expect(edited.edited != nil)
            await slack.archive("C0OPS")
            #expect(try await update(ts, "late") == "is_inactive")
        }
    }

    @Test("the directory: people, strangers, channels and groups")
    func directory() async throws {
        try await withSlack { _, api in
            let amy = try await api.read("users.info", [("user", "U0AMY")])["user"]
            #expect(amy?["team_id"] == "T0001")
            #expect(amy?["is_stranger"] == nil)
            let guest = try await api.read("users.info", [("user", "U0GUEST")])["user"]
            #expect(guest?["team_id"] == "T0EXT")
            #expect(guest?["is_stranger"] == true)
            #expect(try await api.read("users.info", [("user", "U404")])["error"] == "user_not_found")
            let shared = try await api.read("conversations.info", [("channel", "C0SHARED")])["channel"]
            #expect(shared?["is_ext_shared"] == true)
            #expect(
                try await api.call("conversations.info", ["channel": "C0SHARED"]).json["error"] == "channel_not_found"
            )
            #expect(
                try await api.read("usergroups.users.list", [("usergroup", "S0LEADS")])["users"] == [
                    "U0BOB", "U0CAROL",
                ]
            )
            #expect(
                try await api.read("usergroups.users.list", [("usergroup", "S404")])["error"] == "no_such_subteam"
            )
            #expect(try await api.read("usergroups.list")["usergroups"]?[0]?["handle"] == "leads")
        }
    }

    @Test("the list of accounts comes page by page, without those of other workspaces")
    func accounts() async throws {
        var workspace = SlackWorkspace.demo
        workspace.mostUsersOnPage = 2
        try await withSlack(workspace: workspace) { slack, api in
            await slack.make("U0CAROL", .deactivated)
            await slack.make("U0DAVE", .singleChannelGuest)
            var found: [String] = []
            var cursor = ""
            repeat {
                let page = try await api.read("users.list", [("limit", "100"), ("cursor", cursor)])
                let members = try #require(page["members"]?.array)
                #expect(members.count <= 2)
                found += members.compactMap { $0["id"]?.string }
                cursor = try #require(page["response_metadata"]?["next_cursor"]?.string)
            } while !cursor.isEmpty
            #expect(found == ["U0BOT", "U0AMY", "U0BOB", "U0CAROL", "U0ERIN", "U0DAVE"])
            let carol = try await api.read("users.info", [("user", "U0CAROL")])["user"]
            #expect(carol?["deleted"] == true && carol?["is_restricted"] == nil)
            let dave = try await api.read("users.info", [("user", "U0DAVE")])["user"]
            #expect(dave?["is_restricted"] == true && dave?["is_ultra_restricted"] == true)
            #expect(try await api.read("users.list", [("cursor", "x")])["error"] == "invalid_cursor")
            #expect(try await api.read("users.list", [("limit", "0")])["error"] == "invalid_limit")
            #expect(try await api.read("users.list", [("limit", "1001")])["error"] == "invalid_limit")
            await slack.setScope("users:read", isGranted: false)
            #expect(try await api.read("users.list")["error"] == "missing_scope")
            #expect(try await api.read("users.info", [("user", "U0AMY")])["error"] == "missing_scope")
        }
    }

    @Test(
        "faults: what is done, what is answered, and for how many calls",
        arguments: [
            (SlackFault(.errorBefore), 500, 0), (SlackFault(.errorAfter), 500, 1),
            (SlackFault(.rateLimit, retryAfter: 9), 429, 0),
            (SlackFault(.apiError, error: "account_inactive"), 200, 0),
            (SlackFault(.delayBefore, milliseconds: 1), 200, 1),
            (SlackFault(.delayAfter, milliseconds: 1), 200, 1),
        ]
    )
    func faults(fault: SlackFault, status: Int, posted: Int) async throws {
        try await withSlack { slack, api in
            var fault = fault
            fault.method = "chat.postMessage"
            await slack.add(fault)
            #expect(try await api.call("auth.test", [:]).json["ok"] == true)
            let reply = try await api.call("chat.postMessage", ["channel": "C0OPS", "text": "x"])
            #expect(reply.status == status)
            #expect(await slack.messages(in: "C0OPS").count == posted)
            #expect(try await api.post("y")["ok"] == true)
        }
    }

    @Test("a dropped call can have been done or not", arguments: [(SlackFault.Kind.dropBefore, 0), (.dropAfter, 1)])
    func drops(kind: SlackFault.Kind, posted: Int) async throws {
        try await withSlack { slack, api in
            await slack.add(SlackFault(kind))
            await #expect(throws: TransportError.self) { try await api.post("x") }
            #expect(await slack.messages(in: "C0OPS").count == posted)
            #expect(await slack.state.calls.map(\.status) == [nil])
        }
    }
}
