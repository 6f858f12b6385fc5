import BotCore
import ChatConformance
import CurlHTTP
import Testing

@testable import SlackChat

@Suite struct SlackPosterErrorTests {
    private typealias Fixture = PosterFixture

    @Test(arguments: [
        ("not_in_channel", "cannotPostHere"), ("channel_not_found", "cannotPostHere"),
        ("is_archived", "cannotPostHere"),
        ("restricted_action", "cannotPostHere"), ("restricted_action_read_only_channel", "cannotPostHere"),
        ("messages_tab_disabled", "cannotPostHere"), ("user_not_in_channel", "cannotPostHere"),
        ("message_not_found", "messageGone"), ("cant_update_message", "messageGone"),
        ("edit_window_closed", "messageGone"),
        ("is_inactive", "messageGone"), ("invalid_auth", "permanent"), ("not_authed", "permanent"),
        ("account_inactive", "permanent"), ("token_revoked", "permanent"), ("token_expired", "permanent"),
        ("missing_scope", "permanent"), ("msg_too_long", "layoutRefused"), ("invalid_blocks", "layoutRefused"),
        ("no_text", "layoutRefused"),
        ("something_new", "permanent"), ("", "permanent"), ("internal_error", "transient"),
        ("fatal_error", "transient"),
        ("service_unavailable", "transient"), ("request_timeout", "transient"), ("ratelimited", "rateLimited"),
    ])
    func slacksWordsAreUnderstood(error: String, name: String) async {
        let fixture = Fixture([.reply(200, #"{"ok":false,"error":"\#(error)"}"#)])
        #expect(await Fixture.problem(posting: fixture.poster)?.name == name)
    }

    @Test func aClosedDoorSaysHowToOpenIt() async {
        let fixture = Fixture([.reply(200, #"{"ok":false,"error":"not_in_channel"}"#)])
        let problem = await Fixture.problem(posting: fixture.poster)
        #expect(problem == .cannotPostHere("I am not in this channel. Invite me with `/invite @clusterbot`."))
    }

    @Test(arguments: [
        ("30", 30), ("1", 1), ("0", 1), ("", 5), ("soon", 5), ("-3", 5), ("999999", 3600), ("99999999999999999999", 5),
    ])
    func slackSaysForHowLong(header: String, seconds: Int) async {
        let fixture = Fixture([.reply(429, #"{"ok":false,"error":"ratelimited"}"#, headers: [("retry-after", header)])])
        #expect(await Fixture.problem(posting: fixture.poster) == .rateLimited(.seconds(seconds)))
    }

    @Test func withoutAnAnswerToHowLongThereIsAPause() async {
        let fixture = Fixture([.reply(429, "")])
        #expect(await Fixture.problem(posting: fixture.poster) == .rateLimited(.seconds(5)))
    }

    @Test(arguments: [
        (500, "", "transient"), (502, "<html>", "transient"), (503, #"{"ok":true,"ts":"1"}"#, "transient"),
        (200, "", "transient"),
        (200, "<html>", "transient"), (200, "[]", "transient"), (200, #"{"ok":"true","ts":"1"}"#, "transient"),
        (200, #"{"ok":true}"#, "transient"), (200, #"{"ok":true,"ts":7}"#, "transient"),
        (200, #"{"ok":true,"ts":""}"#, "transient"),
        (404, "not found", "permanent"), (301, "", "permanent"),
        (403, #"{"ok":false,"error":"invalid_auth"}"#, "permanent"),
    ])
    func whatIsNoProperAnswerIsNoSuccess(status: Int, body: String, name: String) async {
        let fixture = Fixture([.reply(status, body)])
        #expect(await Fixture.problem(posting: fixture.poster)?.name == name)
    }

    @Test(arguments: TransportError.Code.allCases)
    func failuresOfTheNetworkMayPass(code: TransportError.Code) async {
        for delivery in [TransportError.Delivery.notSent, .unknown] {
            let fixture = Fixture([.fail(TransportError(code: code, delivery: delivery))])
            #expect(await Fixture.problem(posting: fixture.poster)?.name == "transient")
            let told = Fixture([.fail(TransportError(code: code, delivery: delivery))], token: nil)
            #expect(await Fixture.problem(posting: told.poster, at: Fixture.address)?.name == "transient")
        }
    }

    @Test func noProblemTellsASecret() async {
        let echo = #"{"ok":false,"error":"xoxb-canary-token https://hooks.slack.com/commands/T0001/1/canary-handle"}"#
        let steps: [PlayedTransport.Step] = [
            .reply(200, echo), .reply(403, echo), .reply(500, echo), .reply(404, Fixture.handle),
            .reply(404, Fixture.token),
            .fail(TransportError(code: .dns, delivery: .notSent)),
        ]
        for step in steps {
            for token in [Fixture.token, nil] {
                let fixture = Fixture([step], token: token)
                let problem = await Fixture.problem(posting: fixture.poster, at: Fixture.address)
                let text = problem.map { "\($0)" } ?? ""
                #expect(!text.isEmpty && !text.contains("canary"))
            }
        }
        #expect(!"\(Fixture([]).poster)".contains("canary"))
    }
}
