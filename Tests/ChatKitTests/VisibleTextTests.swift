import ChatKit
import Testing

@Suite struct VisibleTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("a\tb", "a b"), ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"), ("a\u{202E}b", "a\\u{202E}b"),
        ("a\u{0}b", "a\\u{0}b"), ("a\u{200B}b", "a\\u{200B}b"),
    ])
    func nothingIsInvisible(text: String, visible: String) {
        #expect(VisibleText.text(text, keepsLines: true) == visible)
        #expect(VisibleText.text(text, keepsLines: false) == visible.replacing("\n", with: " "))
    }
}
