import BotCore
import Testing

struct AccountTests {
    @Test(arguments: [
        ("slack:T0001/U0AMY", ["slack", "T0001", "U0AMY"]),
        ("os:bot1.example-2/1001", ["os", "bot1.example-2", "1001"]),
        ("a:b/c", ["a", "b", "c"]), ("s_1:T.0/U-_.", ["s_1", "T.0", "U-_."]),
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
        "slack:T0001/U0AMY/x", "slack:T0001:x/U0AMY", "sl ack:T0001/U0AMY", "slack:T0001/U0AMY ", " slack:T0001/U0AMY",
        "slack:T0001/U0\u{C4}MY", "slack:T0001/U0AMY\u{301}", "slack:T0001/U0AMY\n", "slack:T0001/\u{FF35}0AMY",
        "slack:T0001/U*",
        "slack:T0001/@amy", "slack:T0001/<U0AMY>",
    ]) func anythingElseIsRefused(_ text: String) {
        #expect(Account(text) == nil)
        #expect(Channel(text) == nil)
    }

    @Test func theIdsAreComparedExactly() {
        #expect(Account("slack:T0001/U0AMY") != Account("slack:T0001/u0amy"))
        #expect(Account("slack:T0001/U0AMY") != Account("slack:T0002/U0AMY"))
        #expect(Account("slack:T0001/U0AMY") != Account("discord:T0001/U0AMY"))
    }
}
