import BotCore
import Testing

struct RichTextTests {
    @Test(
        arguments: [
            ("plain", [.plain("plain")]),
            ("", []),
            ("say `scale 4`.", [.plain("say "), .code("scale 4"), .plain(".")]),
            ("`a` or `b`", [.code("a"), .plain(" or "), .code("b")]),
            ("``", []),
            ("an `open one", [.plain("an `open one")]),
            ("`a` and `", [.plain("`a` and `")]),
            ("*not* _marked_ <!channel>", [.plain("*not* _marked_ <!channel>")]),
        ] as [(String, [RichText.Span])]
    )
    func piecesBetweenBackTicksAreCode(_ text: String, _ spans: [RichText.Span]) {
        #expect(RichText(marked: text).spans == spans)
    }

    @Test func interpolationsKeepTheirKind() {
        let code: RichText = "\(code: 4)"
        let text: RichText = "a \(strong: "b") \(code) \(Samples.amy) \(Samples.noon) \(5)"
        #expect(
            text.spans == [
                .plain("a "), .strong("b"), .plain(" "), .code("4"), .plain(" "),
                .plain("amy"),
                .plain(" "), .time(Samples.noon), .plain(" "), .plain("5"),
            ]
        )
        #expect(text.plain == "a b 4 amy 2026-11-23 12:00 UTC 5")
    }

    @Test func anInterpolatedTextIsNeverTakenForMarking() {
        let typed = "`rm` *x*"
        #expect(("\(typed)" as RichText).spans == [.plain("`rm` *x*")])
        #expect(("\(code: typed)" as RichText).spans == [.code("`rm` *x*")])
    }

    @Test func textsCanBeJoined() {
        #expect((RichText("a") + RichText([.code("b")])).plain == "ab")
        #expect(Message("a").blocks == [.text("a")])
        #expect(Message("a").summary == "a")
    }
}
