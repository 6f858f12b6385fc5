import BotCore
import ChatConformance
import CurlHTTP
import Testing

@testable import SlackChat

@Suite struct SlackLinkTests {
    private typealias Fixture = PosterFixture
    private static let known = #"{"ok":true,"team_id":"T0001","url":"https://acme.slack.com/"}"#

    @Test func aLinkIsThePermalink() async throws {
        let fixture = Fixture([.reply(200, Self.known)])
        let link = await fixture.poster.link(to: "1503435956.000247", in: Fixture.channel)
        #expect(link?.url == "https://acme.slack.com/archives/C0OPS/p1503435956000247")
        // The address is asked for once, by whoever waits for the first link.
        #expect(await fixture.poster.link(to: "1503435956.000248", in: Fixture.channel) != nil)
        #expect(fixture.transport.requests.map(\.url) == ["https://slack.com/api/auth.test"])
        #expect(fixture.transport.requests.first?.totalTimeout == .seconds(1))
        #expect(fixture.transport.requests.first?.header("Authorization") == "Bearer xoxb-canary-token")
    }

    @Test func onlyWhatSlackSaysBecomesALink() async {
        let ids = [SlackPoster.replyMessageID, "", "1", "1.2.3", "1.2/..", "1.2?x=1", "one.two", "<!channel>", "1.2|x"]
        for id in ids {
            let fixture = Fixture([.reply(200, Self.known)])
            #expect(await fixture.poster.link(to: id, in: Fixture.channel) == nil, "\(id)")
            #expect(fixture.transport.requests.isEmpty)
        }
        for reply in [
            #"{"ok":false,"error":"invalid_auth"}"#, #"{"ok":true,"team_id":"T0001"}"#,
            #"{"ok":true,"team_id":"T0002","url":"https://other.slack.com/"}"#,
            #"{"ok":true,"team_id":"T0001","url":"http://acme.slack.com/"}"#,
            #"{"ok":true,"team_id":"T0001","url":"javascript:alert(1)"}"#,
            #"{"ok":true,"team_id":"T0001","url":"https://acme.slack.com/|x>"}"#,
            #"{"ok":true,"team_id":"T0001","url":"https://amy@acme.slack.com/"}"#,
        ] {
            let fixture = Fixture([.reply(200, reply)])
            #expect(await fixture.poster.link(to: "1.2", in: Fixture.channel) == nil, "\(reply)")
        }
        // Where the bot has no token, or is not at home, it asks nobody.
        #expect(await Fixture([.reply(200, Self.known)], token: nil).poster.link(to: "1.2", in: Fixture.channel) == nil)
        for (platform, workspace, id) in [
            ("slack", "T0002", "C0OPS"), ("teams", "T0001", "C0OPS"), ("slack", "T0001", "C/.."),
        ] {
            let fixture = Fixture([.reply(200, Self.known)])
            let channel = Channel(platform: platform, workspace: workspace, id: id)
            #expect(await fixture.poster.link(to: "1.2", in: channel) == nil, "\(channel)")
            #expect(fixture.transport.requests.isEmpty)
        }
    }

    @Test func anAddressThatDidNotComeIsAskedForAgainLater() async {
        let fixture = Fixture([.reply(503, "busy"), .reply(200, Self.known)])
        #expect(await fixture.poster.link(to: "1.2", in: Fixture.channel) == nil)
        #expect(await fixture.poster.link(to: "1.2", in: Fixture.channel) == nil)
        #expect(fixture.transport.requests.count == 1)
        fixture.clock.advance(.seconds(60))
        #expect(await fixture.poster.link(to: "1.2", in: Fixture.channel) != nil)
    }

    @Test func aLinkIsWrittenAsOne() throws {
        let link = try #require(PostLink("https://acme.slack.com/archives/C0OPS/p12?a=1&b=2"))
        let markup = SlackMarkup(workspace: "T0001")
        #expect(
            markup.text("see \("the card", to: link)")
                == "see <https://acme.slack.com/archives/C0OPS/p12?a=1&amp;b=2|the card>"
        )
        #expect(markup.text("\("a|b> <!here>", to: link)").hasSuffix("|a\u{2223}b&gt; &lt;!here&gt;>"))
        #expect(markup.text("\(" ", to: link)") == "<https://acme.slack.com/archives/C0OPS/p12?a=1&amp;b=2>")
        let text: RichText = "\("the card", to: link)"
        #expect(text.plain == "the card (https://acme.slack.com/archives/C0OPS/p12?a=1&b=2)")
        for url in [
            "", "acme.slack.com", "javascript:x", "https://a b", "https://a|b", "https://a>b", "https://a\"b",
            "https://é",
        ] {
            #expect(PostLink(url) == nil, "\(url)")
        }
    }
}
