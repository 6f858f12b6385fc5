import BotCore
import ChatKit
import Testing

@testable import SlackChat

@Suite struct SlackEventTests {
    private let slack = SignedSlack()

    @Test func aSignedChallengeIsGivenBack() throws {
        let body = #"{"type":"url_verification","token":"t","challenge":"3eZb\"<&"}"#
        let answer = try #require(slack.send(.events, body).answer)
        #expect(answer.status == 200 && answer.outcome.rawValue == "url_verification")
        #expect(answer.text == #"{"challenge":"3eZb\"<&"}"#)
        #expect(answer.contentType == "application/json; charset=utf-8")
        #expect(slack.send(.events, body, secret: "guess").answer?.isRefusedSilently == true)
    }

    @Test func otherEventsAreAcknowledgedOnly() {
        let body = #"{"type":"event_callback","api_app_id":"A0001","team_id":"T0001","event":{"type":"message"}}"#
        #expect(slack.send(.events, body).answer == WebhookAnswer(status: 200, .unsupported))
        #expect(slack.send(.events, #"{"type":"app_rate_limited"}"#).answer == WebhookAnswer(status: 200, .unsupported))
    }

    @Test func eventsOfOthersAreCounted() {
        let app = #"{"type":"event_callback","api_app_id":"A0002","team_id":"T0001"}"#
        #expect(slack.send(.events, app).answer?.outcome.rawValue == "foreign_app")
        let workspace = #"{"type":"event_callback","api_app_id":"A0001","team_id":"T0002"}"#
        #expect(slack.send(.events, workspace).answer?.outcome.rawValue == "foreign_workspace")
    }

    @Test(arguments: ["", "x", "[]", "{}", #"{"type":"url_verification"}"#, #"{"type":7}"#, "payload=%7B%7D"])
    func whatIsNoEventIsMalformed(body: String) {
        #expect(slack.send(.events, body).answer == .malformed())
    }
}
