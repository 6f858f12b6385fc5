import BotCore
import ChatKit
import Testing

@testable import SlackChat

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

    /// Slack always says it. Where it does not, the message's workspace would be a guess about who agrees.
    @Test func withoutAWorkspaceOfTheirOwnNobodyHasClicked() {
        for user in [["id": JSONValue.string("U0BOB")], ["id": .string("U0BOB"), "team_id": .null]] {
            let request = slack.send(.interactions, SignedSlack.click(["user": .object(user)]))
            #expect(request.click == nil)
            #expect(request.answer?.status == 200 && request.answer?.outcome.rawValue == "malformed")
            #expect(request.answer?.told?.sentence.contains("which workspace you belong to") == true)
        }
    }

    @Test func aClickWithoutAChannelIsWhereItsContainerIs() throws {
        let container = JSONValue.object(["type": .string("message"), "channel_id": .string("C0ELSE")])
        let changed: [String: JSONValue?] = ["channel": nil, "container": container]
        let click = try #require(slack.send(.interactions, SignedSlack.click(changed)).click)
        #expect(click.channel == Channel("slack:T0001/C0ELSE"))
        // What is there as a channel is never passed over.
        let both: [String: JSONValue?] = ["channel": .object(["id": .string("c!")]), "container": container]
        #expect(slack.send(.interactions, SignedSlack.click(both)).answer?.outcome.rawValue == "malformed")
    }

    /// Slack shows nobody the HTTP answer to a click.
    @Test func whoClicksInAnotherAppOrWorkspaceIsToldThroughTheResponseURL() {
        for (changed, word) in [("api_app_id", "app"), ("team", "workspace")] {
            let other: JSONValue = changed == "team" ? .object(["id": .string("T0002")]) : .string("A0002")
            let answer = slack.send(.interactions, SignedSlack.click([changed: other])).answer
            #expect(answer?.status == 200 && answer?.body.isEmpty == true)
            #expect(answer?.told?.sentence.contains(word) == true)
            #expect(answer?.told?.handle == "https://hooks.slack.com/actions/T0001/1/x")
            let elsewhere: [String: JSONValue?] = [changed: other, "response_url": .string("https://evil.example/x")]
            let untold = slack.send(.interactions, SignedSlack.click(elsewhere)).answer
            #expect(untold?.status == 200 && untold?.told == nil)
        }
        let unreadable = slack.send(.interactions, SignedSlack.click(["actions": nil])).answer
        #expect(unreadable?.status == 400)
        #expect(unreadable?.told?.sentence.contains("could not read that click") == true)
    }

    @Test func aClickInAnotherAppOrWorkspaceHasNoEffect() {
        let app = slack.send(.interactions, SignedSlack.click(["api_app_id": .string("A0002")])).answer
        #expect(app?.status == 200 && app?.outcome == .foreignApp && app?.refusal == .foreignApp)
        for team in [.object(["id": .string("T0002")]), .null, nil, .object([:]), .string("T0001")] as [JSONValue?] {
            let organisation = JSONValue.object(["id": .string("T0001")])
            let body = SignedSlack.click(["team": team, "enterprise": organisation])
            let answer = slack.send(.interactions, body).answer
            #expect(answer?.status == 200 && answer?.outcome.rawValue == "foreign_workspace")
            #expect(answer?.refusal == .foreignWorkspace)
        }
    }

    @Test func aClickInAnOrganisationHasNoEffect() {
        let organisation = JSONValue.object(["id": .string("E0001")])
        for changed in [["enterprise": organisation], ["is_enterprise_install": .bool(true)]] as [[String: JSONValue]] {
            let answer = slack.send(.interactions, SignedSlack.click(changed.mapValues { $0 })).answer
            #expect(answer?.refusal == .foreignWorkspace)
            #expect(answer?.told?.sentence.contains("Enterprise Grid is not supported yet") == true)
        }
        #expect(slack.send(.interactions, SignedSlack.click(["enterprise": .null])).click != nil)
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
