import BotCore
import ChatKit
import Testing

@testable import SlackChat

@Suite struct SlackMalformedTests {
    private let slack = SignedSlack()

    private func isMalformed(_ endpoint: SlackEndpoint, _ body: [UInt8]) -> Bool {
        let headers = SignedSlack.headers(body, at: String(SignedSlack.now.seconds))
        let answer = slack.receiver.receive(endpoint, headers: headers, body: body).answer
        return answer?.status == 400 && answer?.outcome.rawValue == "malformed"
    }

    private static let command = Array(SignedSlack.command().utf8)

    @Test(arguments: ["&text=again", "&x=%zz", "&x=%ff", "&x=%00", "&=1"])
    func bodiesThatCanBeReadInTwoWaysAreNotRead(ending: String) {
        #expect(!isMalformed(.commands, Self.command))
        #expect(isMalformed(.commands, Self.command + Array(ending.utf8)))
    }

    @Test(arguments: ["", "{}", "payload={}", "text=42", "command=%2Fcluster"])
    func whatIsNoCommandIsMalformed(body: String) {
        #expect(isMalformed(.commands, Array(body.utf8)))
    }

    @Test(arguments: ["team_id", "user_id", "channel_id", "api_app_id", "command"])
    func aCommandWithoutAnIDIsMalformed(field: String) {
        #expect(isMalformed(.commands, Array(SignedSlack.command([field: nil]).utf8)))
    }

    @Test(arguments: ["u0amy", "U0 AMY", "U0/AMY", "T1/U0AMY", "", "U0AMY\n", "Ü0AMY", "U0AMY|x", "@U0AMY", "U0-AMY"])
    func idsOfAnotherShapeAreMalformed(id: String) {
        #expect(isMalformed(.commands, Array(SignedSlack.command(["user_id": id]).utf8)))
        #expect(isMalformed(.commands, Array(SignedSlack.command(["channel_id": id]).utf8)))
        let user: JSONValue = .object(["id": .string(id), "team_id": .string("T0001")])
        #expect(isMalformed(.interactions, Array(SignedSlack.click(["user": user]).utf8)))
        #expect(isMalformed(.interactions, Array(SignedSlack.click(["channel": .object(["id": .string(id)])]).utf8)))
        let stranger: JSONValue = .object(["id": .string("U0BOB"), "team_id": .string(id)])
        #expect(isMalformed(.interactions, Array(SignedSlack.click(["user": stranger]).utf8)))
    }

    @Test(arguments: ["type", "api_app_id", "user", "channel", "actions"])
    func aClickWithoutOneOfItsPartsIsMalformed(member: String) {
        #expect(isMalformed(.interactions, Array(SignedSlack.click([member: nil]).utf8)))
        #expect(isMalformed(.interactions, Array(SignedSlack.click([member: .int(7)]).utf8)))
    }

    @Test func aClickOnNothingIsMalformed() {
        #expect(isMalformed(.interactions, Array(SignedSlack.click(["actions": .array([])]).utf8)))
        let nameless: JSONValue = .array([.object(["value": .string("17.")])])
        #expect(isMalformed(.interactions, Array(SignedSlack.click(["actions": nameless]).utf8)))
    }

    @Test(arguments: [
        "", "x", "[]", "7", "null", "{", "{\"type\":}", "{\"type\":\"block_actions\"}x",
        "{\"type\":\"block_actions\",\"type\":\"block_actions\",\"api_app_id\":\"A0001\"}",
        "{\"type\":\"view_closed\",\"api_app_id\":\"A0001\",\"team\":{\"id\":\"T0001\",\"id\":\"T0001\"}}",
        "{\"type\":\"a\\u0000\",\"api_app_id\":\"A0001\",\"team\":{\"id\":\"T0001\"}}",
    ])
    func payloadsThatAreNoStrictJSONAreMalformed(payload: String) {
        #expect(isMalformed(.interactions, Array(SignedSlack.form(["payload": payload]).utf8)))
    }

    @Test func colonsAndQuotesInTextsAreNotTakenForMembers() {
        let tricky =
            #"{"type":"view_closed","a":":\":{\"b\":1","c\\":[{":":":"}],"api_app_id":"A0001","team":{"id":"T0001"}}"#
        #expect(
            slack.send(.interactions, SignedSlack.form(["payload": tricky])).answer?.outcome.rawValue == "unsupported"
        )
    }

    @Test func deepNestingIsRefusedInsteadOfEndingTheProcess() {
        let deep = String(repeating: "[", count: 60_000)
        #expect(isMalformed(.events, Array(deep.utf8)))
        #expect(isMalformed(.events, Array(("{\"type\":" + deep).utf8)))
        #expect(isMalformed(.events, Array(String(repeating: "{\"a\":", count: 12_000).utf8)))
    }
}
