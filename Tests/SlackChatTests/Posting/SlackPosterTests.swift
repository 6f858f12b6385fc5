import BotCore
import ChatConformance
import CurlHTTP
import Testing

@testable import SlackChat

@Suite struct SlackPosterTests {
    private typealias Fixture = PosterFixture
    private static let blocks = #"[{"text":{"text":"hi","type":"mrkdwn","verbatim":true},"type":"section"}]"#

    @Test func aPostIsOneCallOfTheWebAPI() async throws {
        let fixture = Fixture([.reply(200, #"{"ok":true,"channel":"C0OPS","ts":"1503435956.000247"}"#)])
        let id = try await fixture.poster.post(Message("hi"), to: Fixture.address)
        #expect(id == "1503435956.000247")
        let request = try #require(fixture.transport.requests.first)
        #expect(fixture.transport.requests.count == 1)
        #expect(request.method == .post)
        #expect(request.url == "https://slack.com/api/chat.postMessage")
        #expect(request.headers.count == 2)
        #expect(request.header("Authorization") == "Bearer xoxb-canary-token")
        #expect(request.header("Content-Type") == "application/json; charset=utf-8")
        #expect(request.sending == .single)
        #expect(request.totalTimeout == .seconds(10))
        #expect(!request.allowsPlainHTTP && !request.allowsPrivateAddress)
        let body = String(decoding: try #require(request.body), as: UTF8.self)
        #expect(
            body == #"{"blocks":"# + Self.blocks
                + #","channel":"C0OPS","text":"hi","unfurl_links":false,"unfurl_media":false}"#
        )
    }

    @Test func anUpdateAlwaysHasTextAndBlocks() async throws {
        let fixture = Fixture([.reply(200, #"{"ok":true}"#), .reply(200, #"{"ok":true}"#)])
        try await fixture.poster.update(Message("hi"), id: "1.2", at: Fixture.address)
        try await fixture.poster.update(Message(summary: "hi", blocks: []), id: "1.2", at: Fixture.address)
        for request in fixture.transport.requests {
            #expect(request.url == "https://slack.com/api/chat.update")
            #expect(request.sending == .repeatable)
            let body = String(decoding: try #require(request.body), as: UTF8.self)
            #expect(body == #"{"blocks":"# + Self.blocks + #","channel":"C0OPS","text":"hi","ts":"1.2"}"#)
        }
    }

    @Test func aPrivateWordGoesThroughTheReplyAddress() async throws {
        let fixture = Fixture([.reply(200, "ok")])
        try await fixture.poster.tell(Fixture.amy, Message("hi"), at: Fixture.address)
        let request = try #require(fixture.transport.requests.first)
        #expect(request.url == Fixture.handle)
        #expect(request.header("Authorization") == nil, "the token is for Slack's API only")
        let body = String(decoding: try #require(request.body), as: UTF8.self)
        #expect(
            body == #"{"blocks":"# + Self.blocks
                + #","replace_original":false,"response_type":"ephemeral","text":"hi"}"#
        )
    }

    @Test func withoutAReplyAddressAPrivateWordIsEphemeral() async throws {
        let fixture = Fixture([.reply(200, #"{"ok":true,"message_ts":"1.2"}"#)])
        try await fixture.poster.tell(Fixture.amy, Message("hi"), at: Fixture.bare)
        #expect(fixture.transport.requests.first?.url == "https://slack.com/api/chat.postEphemeral")
        let body = try #require(fixture.transport.bodies.first)
        #expect(body["user"]?.string == "U0AMY" && body["channel"]?.string == "C0OPS")
    }

    @Test func aUsedUpReplyAddressIsReplacedByAnEphemeralMessage() async throws {
        let fixture = Fixture([.reply(404, #"{"ok":false,"error":"used_url"}"#), .reply(200, #"{"ok":true}"#)])
        try await fixture.poster.tell(Fixture.amy, Message("hi"), at: Fixture.address)
        let urls = fixture.transport.requests.map(\.url)
        #expect(urls == [Fixture.handle, "https://slack.com/api/chat.postEphemeral"])
    }

    @Test func onlySlackAccountsAreTold() async {
        let fixture = Fixture([])
        let account = Account(platform: "os", workspace: "bot1", user: "1001")
        let problem = await Fixture.problem { () async throws(ChatProblem) in
            try await fixture.poster.tell(account, Message("hi"), at: Fixture.bare)
        }
        #expect(problem?.name == "permanent")
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test func aChannelOfNoConfiguredWorkspaceIsNotPostedTo() async {
        let fixture = Fixture([])
        for channel in [Channel("slack:T0999/C0OPS"), Channel("matrix:T0001/C0OPS")].compactMap({ $0 }) {
            let problem = await Fixture.problem(posting: fixture.poster, at: PostAddress(channel: channel))
            #expect(problem?.name == "permanent")
        }
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test(arguments: [
        ("http://127.0.0.1:9/api/", true), ("https://[::1]:9/api/", true), ("http://localhost:9/api/", true),
        ("https://slack.com/api/", false), ("http://slack.com/api/", false), ("http://10.0.0.1/api/", false),
        ("http://127.0.0.1.evil.example/api/", false),
    ])
    func onlyALoopbackAPIMayBePlain(api: String, isLoopback: Bool) async throws {
        let fixture = Fixture([.reply(200, #"{"ok":true,"ts":"1"}"#)]) { $0.apiURL = api }
        _ = try await fixture.poster.post(Message("hi"), to: Fixture.bare)
        let request = try #require(fixture.transport.requests.first)
        #expect(request.allowsPlainHTTP == isLoopback && request.allowsPrivateAddress == isLoopback)
    }

    @Test func theHistoryChannelIsInTheWorkspaceThatTheConfigurationSays() {
        #expect(Fixture([]).poster.historyChannel == nil)
        let several = Fixture([]) {
            $0.historyChannel = Channel("slack:T0003/C0HIST")
            $0.workspaces = ["T0003": nil, "T0002": nil, "T0009": nil] as [String: Secret?]
        }
        #expect(several.poster.historyChannel == Channel("slack:T0003/C0HIST"))
    }
}
