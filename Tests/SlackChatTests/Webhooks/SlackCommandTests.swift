import BotCore
import ChatKit
import Testing

@testable import SlackChat

@Suite struct SlackCommandTests {
    private let slack = SignedSlack()

    @Test func aCommandIsDecodedWholly() throws {
        let body = SignedSlack.command()
        let command = try #require(slack.send(.commands, body, age: 12).command)
        #expect(command.account == Account("slack:T0001/U0AMY"))
        #expect(command.channel == Channel("slack:T0001/C0OPS"))
        #expect(command.displayName == "amy")
        #expect(command.text == "42 scale 4")
        #expect(command.typedAt == Timestamp(seconds: SignedSlack.now.seconds - 12))
        #expect(command.replyHandle == "https://hooks.slack.com/commands/T0001/1/x")
        #expect(command.deliveryKey == "slack:1:" + sha256Hex(body))
        #expect(!command.isDirect)
    }

    @Test func anUnsignedEventIsRefusedWithAnEmptyAnswer() {
        #expect(slack.send(.events, "{}", secret: "guess").answer?.isRefusedSilently == true)
    }

    @Test func theSameBytesHaveTheSameKeyEvenIfSignedAgain() throws {
        let body = SignedSlack.command()
        let first = try #require(slack.send(.commands, body).command)
        #expect(slack.send(.commands, body, age: 3).command?.deliveryKey == first.deliveryKey)
        let other = SignedSlack.command(["trigger_id": "1.2.4"])
        #expect(slack.send(.commands, other).command?.deliveryKey != first.deliveryKey)
    }

    @Test func withoutATriggerTheSignedTimeTellsDeliveriesApart() throws {
        let body = SignedSlack.command(["trigger_id": nil])
        let first = try #require(slack.send(.commands, body).command)
        #expect(first.deliveryKey == "slack:" + sha256Hex("\(SignedSlack.now.seconds)." + body))
        #expect(slack.send(.commands, body, age: 1).command?.deliveryKey != first.deliveryKey)
    }

    @Test(arguments: [
        ("C0OPS", "ops", false), ("D0AMY", "directmessage", true), ("D0AMY", "x", true), ("G0X", "directmessage", true),
        ("G0X", "privategroup", false),
    ])
    func directConversationsAreKnown(channel: String, name: String, isDirect: Bool) {
        let body = SignedSlack.command(["channel_id": channel, "channel_name": name])
        #expect(slack.send(.commands, body).command?.isDirect == isDirect)
    }

    @Test func theTextIsDecodedAndMayBeAbsent() {
        let typed = SignedSlack.command(["text": "why 42 scale 4 --reason \"a &lt; b &amp;amp; c\"\n<@U0BOB|bob>"])
        #expect(slack.send(.commands, typed).command?.text == "why 42 scale 4 --reason \"a < b &amp; c\"\n@U0BOB")
        #expect(slack.send(.commands, SignedSlack.command(["text": nil])).command?.text == "")
    }

    @Test func anotherAppHasNoEffect() throws {
        for app in ["A0002", "a0001", "", "A0001 ", "A000"] {
            let answer = try #require(slack.send(.commands, SignedSlack.command(["api_app_id": app])).answer)
            #expect(answer.status == 200 && answer.outcome.rawValue == "foreign_app")
            #expect(answer.text.contains("\"response_type\":\"ephemeral\""))
            #expect(answer.contentType == "application/json; charset=utf-8")
        }
    }

    @Test func anotherWorkspaceHasNoEffect() throws {
        for workspace in ["T0002", "t0001", "E0001", "", "T0001/x"] {
            let answer = try #require(slack.send(.commands, SignedSlack.command(["team_id": workspace])).answer)
            #expect(answer.status == 200 && answer.outcome.rawValue == "foreign_workspace")
            #expect(answer.text.contains("\"response_type\":\"ephemeral\""))
        }
        let organisation = SignedSlack.command(["team_id": "T0002", "enterprise_id": "T0001"])
        #expect(slack.send(.commands, organisation).answer?.outcome.rawValue == "foreign_workspace")
    }

    @Test(arguments: [["enterprise_id": "E0001"], ["is_enterprise_install": "true"]])
    func anOrganisationIsToldThatItIsNotSupportedYetAndWhy(changed: [String: String]) throws {
        let answer = try #require(slack.send(.commands, SignedSlack.command(changed.mapValues { $0 })).answer)
        #expect(answer.status == 200 && answer.refusal == .foreignWorkspace)
        #expect(answer.text.contains("Enterprise Grid is not supported yet: one person"))
        let usual = ["enterprise_id": "", "is_enterprise_install": "false"]
        #expect(slack.send(.commands, SignedSlack.command(usual.mapValues { $0 })).command != nil)
    }

    @Test(arguments: ["/clusters", "/Cluster", "cluster", "", "/other"])
    func anotherCommandIsAnsweredWithTheRightOne(name: String) throws {
        let answer = try #require(slack.send(.commands, SignedSlack.command(["command": name])).answer)
        #expect(answer.status == 200 && answer.outcome.rawValue == "unknown_command")
        #expect(answer.text.contains("/cluster help"))
    }

    @Test func theProbeOfTheCertificateIsAnsweredAndNothingElse() throws {
        let probe = SignedSlack.command(["ssl_check": "1"])
        let signed = try #require(slack.send(.commands, probe).answer)
        let unsigned = try #require(slack.send(.commands, probe, secret: "guess").answer)
        for answer in [signed, unsigned] {
            #expect(answer == WebhookAnswer(status: 200, .sslCheck))
            #expect(answer.body.isEmpty)
        }
        let no = SignedSlack.command(["ssl_check": "0"])
        #expect(slack.send(.commands, no, secret: "guess").answer?.isRefusedSilently == true)
        #expect(slack.send(.commands, no).command != nil)
        #expect(slack.send(.events, "ssl_check=1", secret: "guess").answer?.isRefusedSilently == true)
    }

    @Test func aReplyAddressOfAnotherHostIsDroppedAndTheCommandWorks() throws {
        let body = SignedSlack.command(["response_url": "https://evil.example/commands/1"])
        let command = try #require(slack.send(.commands, body).command)
        #expect(command.replyHandle == nil)
        #expect(slack.send(.commands, SignedSlack.command(["response_url": nil])).command?.replyHandle == nil)
    }

    @Test func aNameIsDecorationAndBounded() throws {
        let long = SignedSlack.command(["user_name": String(repeating: "a", count: 5000)])
        #expect(slack.send(.commands, long).command?.displayName.count == 80)
        #expect(slack.send(.commands, SignedSlack.command(["user_name": nil])).command?.displayName == "U0AMY")
    }
}
