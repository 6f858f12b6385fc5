import ChatKit
import Testing

@Suite struct WebhookPathTests {
    @Test func aPathFitsItself() {
        let path = WebhookPath("/slack/commands")
        #expect(path.isExact)
        #expect(path.parameters(in: "/slack/commands") == [:])
        for other in ["/slack", "/slack/commands/x", "/slack/Commands", "/", ""] {
            #expect(path.parameters(in: other) == nil, "\(other)")
        }
    }

    @Test func aPartInBracesIsAnyOnePart() {
        let path = WebhookPath("/bots/{bot}/events/{kind}")
        #expect(!path.isExact)
        #expect(path.parameters(in: "/bots/a%2Fb/events/new") == ["bot": "a%2Fb", "kind": "new"])
        for other in ["/bots/a/b/events/new", "/bots//events/new", "/bots/a/events", "/bots/a/others/new"] {
            #expect(path.parameters(in: other) == nil, "\(other)")
        }
    }
}
