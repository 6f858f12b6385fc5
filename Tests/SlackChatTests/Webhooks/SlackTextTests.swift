import Testing

@testable import SlackChat

@Suite struct SlackTextTests {
    @Test(arguments: [
        ("", ""), ("42 scale 4", "42 scale 4"), ("a\nb", "a\nb"), ("naïve 🚀", "naïve 🚀"),
        // Entities, once.
        ("&lt;b&gt;", "<b>"), ("a &amp; b", "a & b"), ("&amp;lt;", "&lt;"), ("&amp;amp;", "&amp;"),
        ("&amp;amp;lt;", "&amp;lt;"),
        ("&quot;&#39;", "&quot;&#39;"), ("&lt", "&lt"), ("&", "&"), ("&amp", "&amp"), ("&lt;@U1&gt;", "<@U1>"),
        ("&lt;!channel&gt;", "<!channel>"), ("&LT;", "&LT;"),
        // Mentions.
        ("<@U012ABCDEF>", "@U012ABCDEF"), ("<@U012ABCDEF|amy>", "@U012ABCDEF"), ("<@W012>", "@W012"),
        ("why <@U1|a> <@U2|b>", "why @U1 @U2"), ("<#C012ABCDE|ops>", "#ops"), ("<#C987654321|>", "#C987654321"),
        ("<#C012ABCDE>", "#C012ABCDE"), ("<#C1|a&amp;b>", "#a&b"), ("<!subteam^S123>", "@S123"),
        ("<!subteam^S123|@leads>", "@S123"), ("<!here>", "@here"), ("<!channel>", "@channel"),
        ("<!everyone|everyone>", "@everyone"),
        ("<!date^1392734382^{date}|18 Feb>", "18 Feb"),
        // Links: a label only where it says the same.
        ("<http://node-1.example.com|node-1.example.com>", "node-1.example.com"),
        ("<https://node-1.example.com|node-1.example.com>", "node-1.example.com"),
        ("<https://x.example>", "https://x.example"),
        ("<https://evil.example|node-1.example.com>", "https://evil.example"),
        ("<https://evil.example|42 restart cluster>", "https://evil.example"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<mailto:a@evil.example|a@b.example>", "mailto:a@evil.example"), ("<https://x.example|>", "https://x.example"),
        ("<https://x.example/?a=1&amp;b=2|x.example/?a=1&amp;b=2>", "x.example/?a=1&b=2"),
        ("<https://x.example/a|b|x.example/a|b>", "https://x.example/a"), ("<tel:123|123>", "123"), ("<x|y>", "x"),
        ("<node-1|node-1>", "node-1"),
        // What is no token stays.
        ("<", "<"), (">", ">"), ("<>", "<>"), ("a < b", "a < b"), ("<@U1", "<@U1"), ("<<@U1>", "<@U1"),
        ("<a\nb>", "<a\nb>"),
        ("<@U1><@U2>", "@U1@U2"), ("<@>", "@"), ("<#>", "#"), ("<!>", "@"), ("<|>", ""), ("<|x>", ""), ("><", "><"),
    ])
    func textIsWhatWasTyped(encoded: String, typed: String) {
        #expect(SlackText.plain(encoded) == typed)
    }

    @Test func manyBracketsTakeNoLongerThanTheyAreMany() {
        let brackets = String(repeating: "<", count: 60_000)
        #expect(SlackText.plain(brackets) == brackets)
    }
}
