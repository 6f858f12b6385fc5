import BotCore
import Testing

/// What comes in from outside is kept as one bounded line of what a reader sees.
struct CleanTextTests {
    @Test(arguments: [
        ("bob", "bob"), ("  Bob  B. ", "Bob  B."), ("bo\u{1B}[31mb", "bo[31mb"), ("bob\u{202E}nimda", "bobnimda"),
        ("bo\u{9B}b", "bob"), ("bob\r\n#9 succeeded", "bob  #9 succeeded"), ("a\u{3164}b", "a b"),
        ("b\u{E0062}ob\u{FE0F}", "bob"), ("say \"x\" \u{201C}y\u{201D}", "say 'x' 'y'"), ("\u{2066}bob\u{2069}", "bob"),
        ("Jürgen Çelik", "Jürgen Çelik"), ("अमृता", "अमृता"), ("山田 ❤️", "山田 ❤️"),
    ]) func aNameIsOneVisibleLine(_ given: String, _ kept: String) {
        #expect(CleanText.name(given) == kept)
    }

    @Test func aNameIsBoundedInCharactersAndBytes() throws {
        let marks = String(repeating: "o" + String(repeating: "\u{301}", count: 200), count: 80)
        #expect(try #require(CleanText.name(marks)).utf8.count <= 240)
        #expect(try #require(CleanText.name(marks)).unicodeScalars.count <= 80)
        #expect(CleanText.name(String(repeating: "x", count: 500))?.count == 80)
        #expect(try #require(CleanText.name(String(repeating: "😀", count: 500))).utf8.count <= 240)
    }

    @Test(arguments: ["", " ", "\u{3164}\u{2800}", "\u{200B}", "\u{FE0F}\u{34F}", "\r\n", "\u{202E}"])
    func whatNobodySeesIsNoName(_ text: String) {
        #expect(CleanText.name(text) == nil)
        #expect(CleanText.remark(text) == nil)
    }
}
