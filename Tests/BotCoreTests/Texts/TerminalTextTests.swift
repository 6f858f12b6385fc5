import BotCore
import Testing

/// Nothing that is printed acts on the terminal or begins a line of its own.
struct TerminalTextTests {
    @Test(arguments: [
        ("bo\u{1B}[2Jb", "bo\\u{1B}[2Jb"), ("\u{9B}31m", "\\u{9B}31m"), ("a\u{202E}b", "a\\u{202E}b"),
        ("a\r\nb", "a\\r\\nb"), ("a\tb", "a\\tb"), ("a\u{2028}b", "a\\u{2028}b"),
        ("a\u{200B}b\u{FEFF}", "a\\u{200B}b\\u{FEFF}"),
        ("\u{7}\u{0}", "\\u{7}\\u{0}"), ("\u{3164}", "\\u{3164}"), ("\u{E0041}", "\\u{E0041}"),
        ("ü – “x” ❤️", "ü – “x” ❤️"),
    ]) func whatIsNotDrawnIsWrittenOut(_ text: String, _ shown: String) {
        #expect(TerminalText.line(text) == shown)
    }

    @Test func ownLinesStay() {
        #expect(TerminalText.lines("a\nb\rc") == "a\nb\\rc")
    }

    @Test func jsonMeansTheSame() throws {
        let value = JSONValue.object(["n": .string("a\u{202E}\u{9B}\u{E0041}b\u{1B}")])
        let text = TerminalText.json(value.canonical)
        #expect(text.isPlainlyVisible)
        #expect(try JSONValue(parsing: text) == value)
    }
}
