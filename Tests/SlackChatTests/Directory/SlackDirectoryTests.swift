import BotCore
import ChatConformance
import CurlHTTP
import Testing

@testable import SlackChat

/// Who of a user group counts, and what is said where Slack does not tell.
@Suite struct SlackDirectoryTests {
    private static let group = UserGroup(platform: "slack", workspace: "T0001", id: "S0LEADS")
    private static let fine = [
        "deleted": "false", "is_bot": "false", "is_restricted": "false", "is_ultra_restricted": "false",
        "team_id": #""T0001""#,
    ]

    private static func user(_ id: String, _ members: [String: String] = fine) -> String {
        let others = members.sorted { $0.key < $1.key }.map { #""\#($0.key)":\#($0.value)"# }
        return "{" + ([#""id":"\#(id)""#] + others).joined(separator: ",") + "}"
    }

    private static func group(_ ids: String...) -> PlayedTransport.Step { group(ids) }

    private static func group(_ ids: [String]) -> PlayedTransport.Step {
        .reply(200, #"{"ok":true,"users":[\#(ids.map { #""\#($0)""# }.joined(separator: ","))]}"#)
    }

    private static func page(_ users: [String], cursor: String) -> PlayedTransport.Step {
        let members = users.joined(separator: ",")
        return .reply(200, #"{"ok":true,"members":[\#(members)],"response_metadata":{"next_cursor":"\#(cursor)"}}"#)
    }

    private static func members(_ steps: [PlayedTransport.Step], token: String? = PosterFixture.token) async
        -> (Result<Set<String>, LookUpProblem>, PlayedTransport)
    {
        let fixture = PosterFixture(steps, token: token)
        do throws(LookUpProblem) {
            let members = try await SlackDirectory(poster: fixture.poster).members(of: group)
            return (.success(Set(members.map(\.user))), fixture.transport)
        } catch {
            return (.failure(error), fixture.transport)
        }
    }

    @Test func aFullMemberCounts() async throws {
        let (answer, transport) = await Self.members([
            Self.group("U0BOB"), .reply(200, #"{"ok":true,"user":\#(Self.user("U0BOB"))}"#),
        ])
        #expect(answer == .success(["U0BOB"]))
        let bodies = transport.requests.map { String(decoding: $0.body ?? [], as: UTF8.self) }
        #expect(bodies == ["usergroup=S0LEADS", "user=U0BOB"])
        #expect(transport.requests.allSatisfy { $0.header("Authorization") == "Bearer \(PosterFixture.token)" })
    }

    /// What Slack says of an account, beside that of a full member. What it does not say may be so.
    @Test(arguments: [
        ["deleted": "true"], ["is_bot": "true"], ["is_restricted": "true"], ["is_ultra_restricted": "true"],
        ["is_stranger": "true"], ["team_id": #""T0EXT""#], ["deleted": ""], ["is_bot": ""], ["is_restricted": ""],
        ["is_ultra_restricted": ""], ["team_id": ""], ["is_restricted": #""false""#], ["is_bot": "0"],
        ["is_ultra_restricted": "null"], ["team_id": #""t0001""#], ["team_id": #""T0001 ""#],
        ["team_id": #""T0EXT""#, "enterprise_user": #"{"teams":["T0EXT"]}"#],
        ["is_stranger": "true", "enterprise_user": #"{"teams":["T0001"]}"#],
    ])
    func nobodyElseCounts(_ difference: [String: String]) async throws {
        let members = Self.fine.merging(difference) { _, new in new }.filter { !$0.value.isEmpty }
        let (answer, _) = await Self.members([
            Self.group("U0BOB"), .reply(200, #"{"ok":true,"user":\#(Self.user("U0BOB", members))}"#),
        ])
        #expect(answer == .success([]))
    }

    @Test func slackbotAndAnswersAboutOthersDoNotCount() async throws {
        let (slackbot, _) = await Self.members([
            Self.group("USLACKBOT"), .reply(200, #"{"ok":true,"user":\#(Self.user("USLACKBOT"))}"#),
        ])
        #expect(slackbot == .success([]))
        let (other, _) = await Self.members([
            Self.group("U0BOB"), .reply(200, #"{"ok":true,"user":\#(Self.user("U0AMY"))}"#),
        ])
        #expect(other == .success([]))
        for error in ["user_not_found", "user_not_visible"] {
            let (gone, _) = await Self.members([
                Self.group("U0BOB"), .reply(200, #"{"ok":false,"error":"\#(error)"}"#),
            ])
            #expect(gone == .success([]))
        }
    }

    /// In an organisation an account has several workspaces.
    @Test func aMemberOfTheWorkspaceThroughAnOrganisationCounts() async throws {
        let members = ["team_id": #""T0OTHER""#, "enterprise_user": #"{"teams":["T0OTHER","T0001"]}"#]
        let (answer, _) = await Self.members([
            Self.group("U0BOB"),
            .reply(200, #"{"ok":true,"user":\#(Self.user("U0BOB", Self.fine.merging(members) { _, new in new }))}"#),
        ])
        #expect(answer == .success(["U0BOB"]))
    }

    /// Of a large group the workspace's list is read, to the last of its members and no further.
    @Test func ofALargeGroupTheListIsReadPageByPage() async throws {
        let ids = (1...30).map { "U0\($0 + 100)" }
        let guest = Self.fine.merging(["is_restricted": "true"]) { _, new in new }
        let users = ids.map { Self.user($0, $0 == "U0101" ? guest : Self.fine) } + [Self.user("U0OTHER")]
        let (answer, transport) = await Self.members([
            Self.group(ids), Self.page(Array(users[..<10]), cursor: "dXNlcjo="),
            Self.page(Array(users[10..<20]), cursor: "next"), Self.page(Array(users[20...]), cursor: "more"),
        ])
        #expect(answer == .success(Set(ids).subtracting(["U0101"])))
        let bodies = transport.requests.dropFirst().map { String(decoding: $0.body ?? [], as: UTF8.self) }
        #expect(bodies == ["limit=500", "cursor=dXNlcjo%3D&limit=500", "cursor=next&limit=500"])
    }

    @Test func halfAListIsNoAnswer() async throws {
        let ids = (1...30).map { "U0\($0 + 100)" }
        let (answer, _) = await Self.members([
            Self.group(ids), Self.page([Self.user("U0101")], cursor: "next"),
            .reply(429, #"{"ok":false,"error":"ratelimited"}"#, headers: [(name: "Retry-After", value: "30")]),
        ])
        #expect(answer == .failure(.rateLimited(.seconds(30))))
    }

    @Test func aListWithoutAnEndIsGivenUp() async throws {
        let ids = (1...30).map { "U0\($0 + 100)" }
        let pages = (0..<100).map { Self.page([], cursor: "c\($0)") }
        let (answer, transport) = await Self.members([Self.group(ids)] + pages)
        guard case .failure(.refused(let sentence)) = answer else {
            Issue.record("it was answered")
            return
        }
        #expect(sentence.contains("use smaller user groups"))
        #expect(transport.requests.count < 50)
    }

    /// What Slack says, and the part of the sentence that says what to do.
    @Test(arguments: [
        ("no_such_subteam", "correct `slack_usergroups`"), ("missing_scope", "`usergroups:read`"),
        ("paid_teams_only", "only in paid plans"), ("invalid_auth", "`bot_token`"),
        ("token_revoked", "install the app"),
        ("account_inactive", "`bot_token`"), ("not_allowed_token_type", "not_allowed_token_type"),
    ])
    func aRefusalSaysWhatToDo(error: String, words: String) async throws {
        let (answer, _) = await Self.members([.reply(200, #"{"ok":false,"error":"\#(error)"}"#)])
        guard case .failure(.refused(let sentence)) = answer else {
            Issue.record("not refused: \(answer)")
            return
        }
        #expect(sentence.contains(words), "\(sentence)")
        #expect(!sentence.contains("canary"))
    }

    @Test func theScopeForAccountsIsNamedToo() async throws {
        let (answer, _) = await Self.members([
            Self.group("U0BOB"), .reply(200, #"{"ok":false,"error":"missing_scope"}"#),
        ])
        guard case .failure(.refused(let sentence)) = answer else {
            Issue.record("not refused: \(answer)")
            return
        }
        #expect(sentence.contains("`users:read`"))
    }

    @Test(arguments: [
        PlayedTransport.Step.reply(500, "xoxb-canary-token"), .reply(200, "no JSON"), .reply(200, #"{"ok":true}"#),
        .reply(200, #"{"ok":false,"error":"internal_error"}"#),
        .fail(TransportError(code: .dns, delivery: .notSent)),
    ])
    func aFailureIsNoAnswer(_ step: PlayedTransport.Step) async throws {
        let (answer, _) = await Self.members([step])
        guard case .failure(.noAnswer(let sentence)) = answer else {
            Issue.record("not a failure: \(answer)")
            return
        }
        #expect(!sentence.contains("canary"))
    }

    @Test func withoutATokenNothingIsAsked() async throws {
        let (answer, transport) = await Self.members([], token: nil)
        guard case .failure(.refused(let sentence)) = answer else {
            Issue.record("it was answered")
            return
        }
        #expect(sentence.contains("give `T0001` a `bot_token`"))
        #expect(transport.requests.isEmpty)
    }
}
