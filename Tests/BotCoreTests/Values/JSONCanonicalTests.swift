import BotCore
import TestSupport
import Testing

/// Canonical JSON against the examples of RFC 8785.
struct JSONCanonicalTests {
    @Test func theExampleOfSection323() throws {
        let input = #"""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        #expect(
            try JSONValue(parsing: input).canonical
                == #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
                + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        )
    }

    @Test func keysAreSortedByTheirUTF16CodeUnits() throws {
        let input = #"""
            {"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
            "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}
            """#
        // By code points, and by UTF-8 bytes, the emoji would be the last.
        #expect(
            try JSONValue(parsing: input).canonical
                == #"{"\r":"Carriage Return","1":"One",""# + "\u{80}"
                + #"":"Control","ö":"Latin Small Letter O With Diaeresis","#
                + #""€":"Euro Sign","😀":"Emoji: Grinning Face",""# + "\u{FB33}"
                + #"":"Hebrew Letter Dalet With Dagesh"}"#
        )
    }

    @Test(
        arguments: [
            ("\u{0}\u{1}\u{8}\u{9}\u{A}\u{B}\u{C}\u{D}\u{E}\u{1F}", #""\u0000\u0001\b\t\n\u000b\f\r\u000e\u001f""#),
            ("\"\\/", #""\"\\/""#),
            ("\u{7F}\u{80}\u{2028}\u{2029}\u{FEFF}", "\"\u{7F}\u{80}\u{2028}\u{2029}\u{FEFF}\""),
            ("<>&'", #""<>&'""#), ("e\u{301}", "\"e\u{301}\""), ("😀", #""😀""#), ("", #""""#),
        ]
    )
    func onlyWhatMustBeIsEscaped(_ text: String, _ expected: String) {
        #expect(Array(JSONValue.string(text).canonical.utf8) == Array(expected.utf8))
    }

    @Test(
        arguments: [
            (.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (.int(0), "0"), (.int(-1), "-1"),
            (.int(9_007_199_254_740_991), "9007199254740991"), (.array([]), "[]"), (.object([:]), "{}"),
            (.array([.int(1), .array([]), .null]), "[1,[],null]"),
            (
                .object(["b": .int(1), "a": .object(["d": .null, "c": .ints([2, 1])]), "B": .int(3)]),
                #"{"B":3,"a":{"c":[2,1],"d":null},"b":1}"#
            ),
            (.object(["aa": .null, "a": .null, "": .null]), #"{"":null,"a":null,"aa":null}"#),
        ] as [(JSONValue, String)]
    )
    func valuesAreWrittenWithoutSpaces(_ value: JSONValue, _ expected: String) {
        #expect(value.canonical == expected)
    }

    @Test func whatIsWrittenIsReadBackAndWrittenTheSame() throws {
        var random = SplitMix64(seed: 5)
        for _ in 0..<300 {
            let value = Self.value(&random, depth: 3)
            let parsed = try JSONValue(parsing: value.canonical)
            #expect(parsed == value)
            #expect(Array(parsed.canonical.utf8) == Array(value.canonical.utf8))
        }
    }

    private static func value(_ random: inout SplitMix64, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
        case 0: .null
        case 1: .bool(Bool.random(using: &random))
        case 2: .int(Int.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &random))
        case 3: .string(text(&random))
        case 4: .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth: depth - 1) })
        default:
            .object(
                Dictionary(
                    (0..<Int.random(in: 0...3, using: &random)).map { _ in
                        (text(&random), value(&random, depth: depth - 1))
                    },
                    uniquingKeysWith: { first, _ in first }
                )
            )
        }
    }

    private static func text(_ random: inout SplitMix64) -> String {
        let pieces = [
            "a", "Z", "0", "\"", "\\", "/", "\u{0}", "\n", "\u{1F}", "\u{7F}", "ö", "€", "\u{FB33}", "😀", "\u{2028}",
            " ",
        ]
        return (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
    }
}

/// What is written member by member is what the whole value's canonical form would be.
@Suite struct CanonicalWriterTests {
    @Test func writesWhatTheValueWouldBe() {
        var written = CanonicalWriter(capacity: 8)
        written.object { object in
            object.member("a", "\"\\\n\u{1}é😀")
            object.member("b", nil as String?)
            object.member("c", nil as Int?)
            object.member("d") { list in
                list.array([0, 7, -12, .max, .min]) { number, list in list.number(number) }
            }
            object.member("e") { list in
                list.array(["x", "y"]) { name, list in
                    list.object { $0.member("n", name) }
                }
            }
            object.member("f") { $0.array([Int]()) { $1.number($0) } }
            object.member("g", .object(["z": .bool(true), "y": .null]))
            object.member("h") { $0.object { _ in } }
            object.member("i", 10)
        }
        let value = JSONValue.object([
            "a": .string("\"\\\n\u{1}é😀"), "b": .null, "c": .null, "d": .ints([0, 7, -12, .max, .min]),
            "e": .array([.object(["n": .string("x")]), .object(["n": .string("y")])]), "f": .array([]),
            "g": .object(["z": .bool(true), "y": .null]), "h": .object([:]), "i": .int(10),
        ])
        #expect(written.text == value.canonical)
    }
}
