import BotCore
import ChatKit
import Testing

@testable import SlackChat

/// What those who run the bot are told of a request that was rejected. Its sender is told nothing of it.
@Suite struct SlackRefusalTests {
    private let slack = SignedSlack()
    private let body = Array(SignedSlack.command().utf8)

    private func refusal(_ headers: [(name: String, value: String)], _ body: [UInt8]? = nil) -> String? {
        slack.receiver.receive(.commands, headers: headers, body: body ?? self.body).answer?.refusal?.reason
    }

    private func headers(at offset: Int, secret: String = SignedSlack.secret) -> [(name: String, value: String)] {
        SignedSlack.headers(body, at: String(SignedSlack.now.seconds + offset), secret: secret)
    }

    @Test func aMissingSignatureIsNoWrongOne() {
        let headers = headers(at: 0)
        #expect(refusal([]) == "no signature")
        #expect(refusal([headers[0]]) == "no signature")
        #expect(refusal([headers[1]]) == "no signature")
        #expect(refusal(headers + headers) == "wrong signature")
        #expect(refusal(headers, [0x61]) == "wrong signature")
        #expect(refusal([headers[0], (headers[1].name, headers[1].value.uppercased())]) == "wrong signature")
        #expect(refusal(self.headers(at: 0, secret: "\"\(SignedSlack.secret)\"")) == "wrong signature")
        #expect(refusal(headers) == nil)
    }

    /// Only where the secret is right: anybody can send an old time.
    @Test(arguments: [(7200, "clock differs by 7200 s"), (-301, "clock differs by 301 s")])
    func aClockThatIsWrongIsToldFromASignatureThatIs(offset: Int, reason: String) {
        #expect(refusal(headers(at: offset)) == reason)
        #expect(refusal(headers(at: offset, secret: "other")) == "wrong signature")
        let answer = slack.receiver.receive(.commands, headers: headers(at: offset), body: body).answer
        #expect(answer?.isRefusedSilently == true)
        #expect(answer?.refusal == .clockDiffers(.seconds(-offset)))
        #expect(answer?.refusal?.kind == "clock differs")
    }

    @Test func eachOtherReasonHasItsWord() {
        let commands = [
            ["api_app_id": "A0002"]: "foreign app", ["team_id": "T0002"]: "foreign workspace",
            ["user_id": "?"]: "malformed", ["command": "/other"]: "unknown command",
        ]
        for (changed, reason) in commands {
            let answer = slack.send(.commands, SignedSlack.command(changed.mapValues { $0 })).answer
            #expect(answer?.refusal?.reason == reason)
        }
        #expect(slack.send(.commands, "&").answer?.refusal?.reason == "malformed")
        #expect(slack.send(.commands, "ssl_check=1").answer?.refusal == nil)
    }

    @Test func theRequestsNameGoesWithIt() {
        let bytes = Array(SignedSlack.click().utf8)
        let signed = SignedSlack.headers(bytes, at: String(SignedSlack.now.seconds))
        #expect(
            slack.receiver.receive(.interactions, headers: signed, body: bytes, request: "a1").click?.request == "a1"
        )
        let command = slack.receiver.receive(.commands, headers: headers(at: 0), body: body, request: "b2").command
        #expect(command?.request == "b2")
    }
}
