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

    /// A notification shows some 90 characters, and a screen reader reads all: the effect comes first, the place in the
    /// history last, and what is between them stands in the message itself.
    @Test func aLineForNotificationsKeepsItsEnds() {
        let moment = Timestamp(milliseconds: 1_800_000_000_000)
        let middle = String(repeating: "x", count: 90)
        let long: RichText = "\(strong: "+4 nodes on prod-train") – \(middle)\(moment)\(moment)"
        let line = FittingText.notification(long + " #17, asked by amy 812:0123456789abcdef").plain
        #expect(line.count <= 150 && line.count > 120, "\(line.count): \(line)")
        #expect(line.hasPrefix("+4 nodes on prod-train – xxx") && line.contains("…"))
        #expect(line.hasSuffix(" #17, asked by amy 812:0123456789abcdef"))
        let short: RichText = "✅ +4 nodes on prod-train, 8 → 12 – done. #17, asked by amy 812:0123456789abcdef"
        #expect(FittingText.notification(short) == short)
    }
}
