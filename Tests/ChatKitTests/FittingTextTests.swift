import BotCore
import ChatKit
import Testing

@Suite struct FittingTextTests {
    private func fitting(_ spans: [RichText.Span], _ limit: Int) -> String {
        FittingText.fitting(RichText(spans), limit: limit) { $0.plain }
    }

    @Test func whatFitsIsWhole() {
        let text = String(repeating: "x", count: 50)
        #expect(fitting([.plain(text)], 50) == text)
        #expect(fitting([.plain(text)], 49).utf16.count == 49)
    }

    @Test func theCutIsInTheMiddleAndMarked() {
        let cut = fitting([.plain("start" + String(repeating: "x", count: 100) + "812:0123456789abcdef")], 100)
        #expect(cut.hasPrefix("start"))
        #expect(cut.hasSuffix("812:0123456789abcdef"))
        #expect(cut.contains("…"))
    }

    @Test func aMentionIsCutOutWhole() {
        let amy = Account(platform: "chat", workspace: "w", user: "amy")
        let mentions = Array(repeating: RichText.Span.mention(amy, name: "amy"), count: 40)
        let left = fitting(mentions, 100).replacing("…", with: "")
        let one = RichText([mentions[0]]).plain
        #expect(!left.isEmpty && left.replacing(one, with: "").isEmpty)
    }
}
