import BotCore
import Testing

@testable import BotChat

@Suite struct SlackClickTests {
    private let slack = SignedSlack()

    @Test func aClickIsDecodedWholly() throws {
        let body = SignedSlack.click()
        let click = try #require(slack.send(.interactions, body, age: 4).click)
        #expect(click.account == Account("slack:T0001/U0BOB"))
        #expect(click.channel == Channel("slack:T0001/C0OPS"))
        #expect(click.displayName == "bob")
        #expect(click.button == "approve")
        #expect(click.value == "17.abc")
        #expect(click.clickedAt == Timestamp(seconds: SignedSlack.now.seconds - 4))
        #expect(click.replyHandle == "https://hooks.slack.com/actions/T0001/1/x")
        #expect(click.deliveryKey == "slack:9:" + sha256Hex(body))
    }

    @Test func somebodyFromAnotherWorkspaceIsWhoTheyAreThere() throws {
        let user: JSONValue = .object(["id": .string("U0BOB"), "name": .string("bob"), "team_id": .string("T0999")])
        let click = try #require(slack.send(.interactions, SignedSlack.click(["user": user])).click)
        #expect(click.account == Account("slack:T0999/U0BOB"))
        #expect(click.channel == Channel("slack:T0001/C0OPS"))
    }

    @Test func withoutAWorkspaceOfTheirOwnTheMessagesCounts() {
        for user in [["id": JSONValue.string("U0BOB")], ["id": .string("U0BOB"), "team_id": .null]] {
            let click = slack.send(.interactions, SignedSlack.click(["user": .object(user)])).click
            #expect(click?.account == Account("slack:T0001/U0BOB"))
        }
    }

    @Test func aClickInAnotherAppOrWorkspaceHasNoEffect() {
        let app = slack.send(.interactions, SignedSlack.click(["api_app_id": .string("A0002")])).answer
        #expect(app?.status == 200 && app?.outcome == "foreign_app")
        for team in [.object(["id": .string("T0002")]), .null, nil, .object([:]), .string("T0001")] as [JSONValue?] {
            let organisation = JSONValue.object(["id": .string("T0001")])
            let body = SignedSlack.click(["team": team, "enterprise": organisation])
            let answer = slack.send(.interactions, body).answer
            #expect(answer?.status == 200 && answer?.outcome == "foreign_workspace")
        }
    }

    @Test(arguments: ["view_submission", "view_closed", "shortcut", "message_action", "block_suggestion", ""])
    func otherInteractionsAreAcknowledgedOnly(type: String) {
        let answer = slack.send(.interactions, SignedSlack.click(["type": .string(type)])).answer
        #expect(answer == WebhookAnswer(status: 200, .unsupported))
    }

    @Test func whatTheMessageSaysIsNotLookedAt() throws {
        let message: JSONValue = .object(["text": .string("#99 approve"), "user": .string("U0AMY")])
        let state: JSONValue = .object(["values": .object(["user": .string("U0AMY")])])
        let click = try #require(
            slack.send(.interactions, SignedSlack.click(["message": message, "state": state])).click
        )
        #expect(click.account == Account("slack:T0001/U0BOB"))
        #expect(click.value == "17.abc")
    }

    @Test func onlyTheFirstActionCountsAndAValueMayBeMissing() throws {
        let actions: JSONValue = .array([
            .object(["action_id": .string("cancel")]),
            .object(["action_id": .string("approve"), "value": .string("1.")]),
        ])
        let click = try #require(slack.send(.interactions, SignedSlack.click(["actions": actions])).click)
        #expect(click.button == "cancel" && click.value.isEmpty)
    }
}
