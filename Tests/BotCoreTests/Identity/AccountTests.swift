import BotCore
import Testing

struct AccountTests {
    @Test(arguments: [
        ("slack:T0001/U0AMY", ["slack", "T0001", "U0AMY"]),
        ("os:bot1.example-2/1001", ["os", "bot1.example-2", "1001"]),
        ("a:b/c", ["a", "b", "c"]), ("s_1:T.0/U-_.", ["s_1", "T.0", "U-_."]),
        ("matrix:example.org/@amy%3Aexample.org", ["matrix", "example.org", "@amy:example.org"]),
        ("matrix:example.org/!r%2Fx%3Aexample.org", ["matrix", "example.org", "!r/x:example.org"]),
        ("teams:tenant/19%3Ameeting_x@thread.tacv2", ["teams", "tenant", "19:meeting_x@thread.tacv2"]),
        (
            "zulip:chat.example.org%3A8443/amy+ops@example.org",
            ["zulip", "chat.example.org:8443", "amy+ops@example.org"]
        ),
        ("googlechat:org/spaces%2FAAAA", ["googlechat", "org", "spaces/AAAA"]),
        ("irc:net/two%20words%25", ["irc", "net", "two words%"]), ("x:y/Ämy", ["x", "y", "Ämy"]),
        ("x:y/%2520", ["x", "y", "%20"]),
    ]) func isReadAndWrittenTheSame(_ text: String, _ parts: [String]) throws {
        let account = try #require(Account(text))
        #expect([account.platform, account.workspace, account.user] == parts)
        #expect(account.description == text)
        let channel = try #require(Channel(text))
        #expect([channel.platform, channel.workspace, channel.id] == parts)
        #expect(channel.description == text)
    }

    @Test(arguments: [
        "", ":", "/", ":/", "slack", "slack:T0001", "slack/U0AMY", ":T0001/U0AMY", "slack:/U0AMY", "slack:T0001/",
        "T0001/U0AMY:slack",
        "slack:T0001/U0AMY/x", "slack:T0001:x/U0AMY", "slack:T0001/U:x", "slack/x:T0001/U0AMY",
        // Spaces, and what nobody sees.
        "sl ack:T0001/U0AMY", "slack:T0001/U0AMY ", " slack:T0001/U0AMY", "slack:T0001/U0AMY\n", "slack:T0001/U\u{0}",
        "slack:T0001/U\u{A0}", "slack:T0001/U\u{200B}", "slack:T0001/\u{202E}U", "slack:T0001/\u{301}U",
        "slack:T\u{7F}/U", "slack:T0001/U\u{E000}",
        // Codes that nobody needs, or that are written in another way.
        "slack:T0001/%55", "slack:T0001/%2f", "slack:T0001/%3a", "slack:T0001/%", "slack:T0001/%2", "slack:T0001/%0A",
        "slack:T0001/%%20", "slack%3AT0001/U",
    ]) func anythingElseIsRefused(_ text: String) {
        #expect(Account(text) == nil)
        #expect(Channel(text) == nil)
    }

    @Test func theIdsAreComparedExactly() {
        #expect(Account("slack:T0001/U0AMY") != Account("slack:T0001/u0amy"))
        #expect(Account("slack:T0001/U0AMY") != Account("slack:T0002/U0AMY"))
        #expect(Account("slack:T0001/U0AMY") != Account("discord:T0001/U0AMY"))
        // One letter for Swift, and two people for the platform.
        #expect(Account("x:y/\u{C4}") != Account("x:y/A\u{308}"))
        #expect(Channel("x:y/\u{C4}") != Channel("x:y/A\u{308}"))
        #expect(Channel("x:\u{C4}/z") != Channel("x:A\u{308}/z"))
        #expect(Account("x:\u{C4}/z") != Account("x:A\u{308}/z"))
    }
}
