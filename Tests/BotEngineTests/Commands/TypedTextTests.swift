import BotCore
import Testing

/// What keyboards, phones and the clipboard make of a command.
struct TypedTextTests {
    struct Variant: Sendable {
        let typed: String
        let meant: String
    }

    static let sameCommand: [Variant] = [
        Variant(typed: "42 scale 4 --reason \u{201C}more room\u{201D}", meant: #"42 scale 4 --reason "more room""#),
        Variant(typed: "42 scale 4 --reason \u{201E}more room\u{201C}", meant: #"42 scale 4 --reason "more room""#),
        Variant(typed: "42 scale 4 --reason \u{2018}more room\u{2019}", meant: #"42 scale 4 --reason "more room""#),
        Variant(typed: "42 scale 4 --reason \u{201C}Amy\u{2019}s\u{201D}", meant: #"42 scale 4 --reason "Amy's""#),
        Variant(typed: "42 scale 4 \u{2014}reason room", meant: "42 scale 4 --reason room"),
        Variant(typed: "42 scale 4 \u{2013}reason room", meant: "42 scale 4 --reason room"),
        Variant(typed: "42 scale 4 \u{2014}plan", meant: "42 scale 4 --plan"),
        Variant(typed: "42 scale 4 \u{200B}\u{2014}\u{200D}plan", meant: "42 scale 4 --plan"),
        Variant(typed: "42\u{A0}scale\u{202F}4", meant: "42 scale 4"),
        Variant(typed: "42\u{2007}scale\u{3000}4", meant: "42 scale 4"),
        Variant(typed: "42\nscale\r\n4\t", meant: "42 scale 4"),
        Variant(typed: "\u{FEFF}42 sc\u{200B}ale \u{2060}4\u{200D}", meant: "42 scale 4"),
        Variant(
            typed: "42 scale 4\u{A0}\u{2014}reason\u{A0}\u{201C}more\u{A0}room\u{201D}",
            meant: #"42 scale 4 --reason "more room""#
        ),
        Variant(typed: "42 scale 4 --reason Ko\u{308}ln", meant: "42 scale 4 --reason K\u{F6}ln"),
    ]

    @Test(arguments: sameCommand) func isUnderstoodAsItWasMeant(_ variant: Variant) throws {
        #expect(try Samples.grammar.understand(variant.typed) == Samples.grammar.understand(variant.meant))
    }

    @Test(arguments: ["a \u{2014} b", "8\u{2013}12", "at 5 \u{2013} 6", "end\u{2014}", "\u{2014}"])
    func aDashThatBeginsNoWordStays(_ text: String) throws {
        #expect(try TypedText.normalized(text) == text)
    }

    @Test(arguments: [
        "\u{0}", "\u{1}", "\u{7}", "\u{8}", "\u{B}", "\u{C}", "\u{1B}", "\u{1F}", "\u{7F}", "\u{80}", "\u{85}",
        "\u{9F}",
        "\u{AD}", "\u{61C}", "\u{180E}", "\u{200E}", "\u{200F}", "\u{2028}", "\u{2029}", "\u{202A}", "\u{202B}",
        "\u{202C}",
        "\u{202D}", "\u{202E}", "\u{2061}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}", "\u{206A}", "\u{FFF9}",
        "\u{FFFE}",
        "\u{E000}", "\u{E0041}", "\u{10FFFF}",
    ]) func controlAndBidirectionalCharactersAreRefusedWithTheirNumber(_ hidden: String) throws {
        let scalar = try #require(hidden.unicodeScalars.first)
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        for text in [
            "42 scale \(hidden)4", "\(hidden)list", "list\(hidden)", "deny 17 a\(hidden)b",
            "42 scale 4 --reason '\(hidden)'",
        ] {
            let wrong = #expect(throws: WrongInput.self) { try Samples.grammar.understand(text) }
            #expect(wrong?.problem.contains("(\(code))") == true)
        }
    }

    @Test(arguments: ["\u{301}", "\u{20E3}"])
    func aCombiningMarkBehindASpaceIsAWordTooManyAndNotDropped(_ mark: String) {
        #expect(throws: WrongInput.self) { try Samples.grammar.understand("42 scale 4 \(mark)") }
        #expect(throws: WrongInput.self) { try Samples.grammar.understand("42 scale \(mark)4") }
        #expect(throws: WrongInput.self) { try Samples.grammar.understand("42 scale 4,\(mark)") }
    }

    @Test func aCombiningMarkDoesNotHideAQuotationMark() throws {
        #expect(try Samples.grammar.understand("deny 17 \"\u{301}no\"") == .deny(change: 17, reason: "\u{301}no"))
    }

    @Test func aMarkThatCombinesWithASpaceAtTheEndIsText() throws {
        #expect(try Samples.grammar.understand("deny 17 no \u{653}") == .deny(change: 17, reason: "no \u{653}"))
    }

    @Test func emojiInAReasonAreKept() throws {
        #expect(try Samples.asked("42 scale 4 --reason '❤️ 🇮🇳 🚀'").reason == "❤️ 🇮🇳 🚀")
    }

    @Test func aTextOfTheGreatestLengthIsReadAndOneByteMoreIsNot() throws {
        let start = "deny 17 "
        let longest = start + String(repeating: "x", count: TypedText.maximumBytes - start.utf8.count)
        #expect(
            try Samples.grammar.understand(longest) == .deny(change: 17, reason: String(longest.dropFirst(start.count)))
        )
        let wrong = #expect(throws: WrongInput.self) { try Samples.grammar.understand(longest + "x") }
        #expect(wrong?.problem.contains("4000 bytes") == true)
        // Counted in bytes, not in characters.
        #expect(throws: WrongInput.self) { try Samples.grammar.understand(start + String(repeating: "ü", count: 2000)) }
    }

    @Test func anOpenQuotationMarkIsAnErrorWhereverItIs() {
        for text in [
            #"""#, "'", #"42 scale 4 --reason "more room"#, "help 'x", #"list ""#,
        ] {
            let wrong = #expect(throws: WrongInput.self) { try Samples.grammar.understand(text) }
            #expect(wrong?.problem.contains("not closed") == true)
        }
    }
}
