import BotCore
import Testing

@testable import SlackChat

@Suite struct RendererGoldenTests {
    /// What an approver sees.
    static let approval = Message(
        summary:
            "#17 add 4 nodes to prod-train: 8 → 12, asked by \(Actor(person: "amy", account: Account("slack:T0001/U0AMY"), name: "Amy"))",
        blocks: [
            .heading("#17: scale prod-train"),
            .text("Add \(strong: "4 nodes") to \(code: "prod-train"): 8 → 12. Nodes cannot be removed from chat."),
            .facts([
                Message.Fact(
                    "Asked by",
                    RichText([.mention(Account(platform: "slack", workspace: "T0001", user: "U0AMY"), name: "amy")])
                ),
                Message.Fact("Until", RichText([.time(Timestamp(seconds: 1_800_000_000))])),
            ]),
            .quote("Bigger run tonight,\n<!channel> please *approve*"),
            .buttons([
                Message.Button(.approve, label: "Approve", value: "17.ab"),
                Message.Button(.deny, label: "Deny", value: "17.ab"),
                Message.Button(.cancel, label: "Cancel", value: "17.ab"),
            ]),
            .note("Rule \(code: "a lead agrees") · 3:0123456789abcdef"),
        ]
    )

    @Test func anApprovalLooksLikeThis() throws {
        let golden = #"""
            {"response_type":"in_channel",
             "text":"#17 add 4 nodes to prod-train: 8 → 12, asked by amy",
             "blocks":[
              {"type":"header","text":{"type":"plain_text","text":"#17: scale prod-train","emoji":false}},
              {"type":"section","text":{"type":"mrkdwn","verbatim":true,
               "text":"Add *4 nodes* to `prod-train`: 8 → 12. Nodes cannot be removed from chat."}},
              {"type":"section","fields":[
               {"type":"mrkdwn","verbatim":true,"text":"*Asked by*\n<@U0AMY>"},
               {"type":"mrkdwn","verbatim":true,
                "text":"*Until*\n<!date^1800000000^{date_short_pretty} {time}|2027-01-15 08:00 UTC>"}]},
              {"type":"section","text":{"type":"mrkdwn","verbatim":true,
               "text":"> Bigger run tonight,\n> &lt;!channel&gt; please ∗approve∗"}},
              {"type":"actions","elements":[
               {"type":"button","action_id":"approve","value":"17.ab","style":"primary",
                "text":{"type":"plain_text","text":"Approve","emoji":false}},
               {"type":"button","action_id":"deny","value":"17.ab","style":"danger",
                "text":{"type":"plain_text","text":"Deny","emoji":false}},
               {"type":"button","action_id":"cancel","value":"17.ab",
                "text":{"type":"plain_text","text":"Cancel","emoji":false}}]},
              {"type":"context","elements":[{"type":"mrkdwn","verbatim":true,
               "text":"Rule `a lead agrees` · 3:0123456789abcdef"}]}]}
            """#
        let reply = SlackRenderer(workspace: "T0001").reply(Self.approval, isPrivate: false)
        #expect(String(decoding: reply, as: UTF8.self) == (try JSONValue(parsing: golden)).canonical)
    }

    @Test func aReplyAlwaysSaysWhoSeesIt() throws {
        for (isPrivate, type) in [(true, "ephemeral"), (false, "in_channel")] {
            let reply = try JSONValue(
                parsing: SlackRenderer(workspace: "T0001").reply(Message("hello"), isPrivate: isPrivate)
            )
            #expect(reply["response_type"]?.string == type)
            #expect(reply["text"]?.string == "hello")
            #expect(reply["blocks"]?.array?.count == 1)
        }
    }

    /// Most replies are one sentence, and written in a shorter way than messages with blocks.
    @Test(arguments: [
        "hello", "#1 +4 nodes on prod-train – I am on it.", "`code` and *stars* and <!channel> & more",
        "two\nlines", "",
        " ", "``", "<@U0AMY> :smile: _x_ > y", String(repeating: "long & ", count: 600),
        String(repeating: "é", count: 1600),
    ])
    func aSentenceIsRepliedAsAnyOtherMessage(text: String) throws {
        let (renderer, message) = (SlackRenderer(workspace: "T0001"), Message(RichText(marked: text)))
        var expected = renderer.members(of: message)
        expected["response_type"] = .string("ephemeral")
        let reply = renderer.reply(message, isPrivate: true)
        #expect(String(decoding: reply, as: UTF8.self) == JSONValue.object(expected).canonical)
    }

    /// It is written a shorter way.
    @Test(arguments: [
        "hello", "#1 `42` – *on* it & <!channel> :smile:", "", " ", "two\nlines", .init(repeating: "long ", count: 900),
    ])
    func aReplyOfOneTextIsWhatTheMessageWouldBe(text: String) {
        let renderer = SlackRenderer(workspace: "T0001")
        for message in [Message(RichText(marked: text)), Message(summary: RichText(marked: text), blocks: [])] {
            var members = renderer.members(of: message)
            members["response_type"] = .string("ephemeral")
            let reply = String(decoding: renderer.reply(message, isPrivate: true), as: UTF8.self)
            #expect(reply == JSONValue.object(members).canonical)
        }
    }

    @Test func aSentenceWithAnIdentityKeepsIt() throws {
        var message = Message("hello")
        message.identity = .init(change: 7, .revision(2))
        let reply = try JSONValue(parsing: SlackRenderer(workspace: "T0001").reply(message, isPrivate: true))
        #expect(reply["blocks"]?.array?.first?["block_id"]?.string == message.identity?.description)
    }
}
