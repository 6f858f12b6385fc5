import BotCore
import ChatConformance
import CurlHTTP
import TestSupport
import Testing

@testable import SlackChat

@Suite struct SlackAuthenticationTests {
    private typealias Fixture = PosterFixture

    @Test func aTokenOfTheWorkspaceWorks() async throws {
        let reply = #"{"ok":true,"team_id":"T0001","user":"clusterbot","user_id":"U0BOT","team":"Acme"}"#
        let fixture = Fixture([.reply(200, reply)])
        #expect(
            await fixture.poster.authTest(workspace: "T0001")
                == .works(bot: "clusterbot", user: "U0BOT", author: "", scopes: nil)
        )
        let request = try #require(fixture.transport.requests.first)
        #expect(request.url == "https://slack.com/api/auth.test")
        #expect(request.header("Authorization") == "Bearer xoxb-canary-token")
    }

    @Test func aTokenOfAnotherWorkspaceIsFound() async {
        let fixture = Fixture([
            .reply(200, #"{"ok":true,"team_id":"T0002","user_id":"U0BOT"}"#), .reply(200, #"{"ok":true}"#),
        ])
        for owner in ["T0002", "no workspace"] {
            let sentence = "The token of T0001 is for \(owner): exchange the `bot_token`s."
            #expect(await fixture.poster.authTest(workspace: "T0001") == .failed(sentence))
        }
    }

    @Test(arguments: [#""is_enterprise_install":true"#, #""enterprise_id":"E0001""#])
    func anOrganisationIsNotSupportedYet(member: String) async {
        let reply = #"{"ok":true,"team_id":"T0001","user_id":"U0BOT",\#(member)}"#
        guard case .failed(let sentence) = await Fixture([.reply(200, reply)]).poster.authTest(workspace: "T0001")
        else {
            Issue.record("it worked")
            return
        }
        #expect(sentence.contains("Enterprise Grid is not supported yet"))
    }

    @Test func whatFailsSaysWhatToDo() async {
        let steps: [PlayedTransport.Step] = [
            .reply(200, #"{"ok":false,"error":"invalid_auth"}"#), .reply(429, ""), .reply(500, ""),
            .reply(200, #"{"ok":false,"error":"message_not_found"}"#),
            .fail(TransportError(code: .dns, delivery: .notSent)),
        ]
        for (step, words) in zip(steps, ["bot_token", "5 s", "500", "api_url", "host name"]) {
            guard case .failed(let sentence) = await Fixture([step]).poster.authTest(workspace: "T0001") else {
                Issue.record("it worked")
                continue
            }
            #expect(sentence.contains(words) && !sentence.contains("canary"))
        }
    }

    @Test func withoutATokenNothingIsAsked() async {
        let fixture = Fixture([], token: nil)
        #expect(await fixture.poster.authTest(workspace: "T0001") == .noToken)
        guard case .failed = await fixture.poster.authTest(workspace: "T0002") else {
            Issue.record("an unknown workspace worked")
            return
        }
        #expect(fixture.transport.requests.isEmpty)
    }

    /// Over a real socket and libcurl: the requests are ones that can be sent.
    @Test func requestsGoThroughTheRealTransport() async throws {
        let reply = #"{"ok":true,"ts":"1.2"}"#
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(reply.utf8.count)\r\n\r\n"
        let server = try ScriptedServer(always: [.forever([.request, .send(head + reply)])])
        defer { server.stop() }
        let transport = try CurlTransport()
        let host = "127.0.0.1:\(server.port)"
        let settings = SlackSettings(
            appID: "A0001",
            workspaces: ["T0001": Secret(Fixture.token), "T0002": nil],
            signingSecrets: [Secret("s")],
            apiURL: "http://\(host)/api/",
            responseHosts: [host]
        )
        let poster = SlackPoster(settings: settings, transport: transport, clock: SetClock(SignedSlack.now))
        #expect(try await poster.post(Message("hi"), to: Fixture.bare) == "1.2")
        let tokenless = Channel(platform: "slack", workspace: "T0002", id: "C1")
        let address = PostAddress(channel: tokenless, replyHandle: "http://\(host)/reply/1")
        #expect(try await poster.post(Message("hi"), to: address) == "response_url")
        await transport.shutdown()
        #expect(server.requests.map(\.target) == ["/api/chat.postMessage", "/reply/1"])
        #expect(server.requests.map { $0.header("Authorization") } == ["Bearer xoxb-canary-token", nil])
        #expect(
            server.requests.map { $0.header("Content-Type") }.allSatisfy { $0 == "application/json; charset=utf-8" }
        )
    }
}
