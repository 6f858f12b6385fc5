import BotCore
import Testing

struct JSONValueTests {
    @Test(
        arguments: [
            ("8", 8), (#""8""#, 8), ("8.0", 8), ("-3", -3), ("8e0", 8), (#""-3""#, -3), ("8.5", nil), (#""8.0""#, nil),
            (#""eight""#, nil),
            (#""""#, nil), (#"" 8""#, nil), ("true", nil), ("null", nil), ("[8]", nil), (#"{"a":8}"#, nil),
            ("1e30", nil),
            ("9223372036854775808", nil), ("\"\u{0668}\"", nil), ("9223372036854775807", Int.max),
        ] as [(String, Int?)]
    )
    func anIntegerMayBeWrittenInSeveralWays(_ text: String, _ expected: Int?) throws {
        #expect(try JSONValue(parsing: text).lenientInt == expected)
    }

    @Test func membersAreOnlyOfObjects() throws {
        let value = try JSONValue(parsing: #"{"a":{"b":[1,"x",true,null]}}"#)
        #expect(value["a"]?["b"]?.array == [.int(1), .string("x"), .bool(true), .null])
        #expect(value["b"] == nil)
        #expect(value["a"]?["b"]?["c"] == nil)
        #expect(JSONValue.string("a")["a"] == nil)
    }

    @Test func eachKindIsItselfOnly() throws {
        let values: [JSONValue] = [.null, .bool(true), .int(1), .double(1.5), .string("1"), .array([]), .object([:])]
        #expect(values.map(\.isNull) == [true, false, false, false, false, false, false])
        #expect(values.compactMap(\.bool) == [true])
        #expect(values.compactMap(\.int) == [1])
        #expect(values.compactMap(\.string) == ["1"])
        #expect(values.compactMap(\.array) == [[]])
        #expect(values.compactMap(\.object) == [[:]])
        #expect(try JSONValue(parsing: "1") == .int(1))
        #expect(try JSONValue(parsing: "true") == .bool(true))
        #expect(try JSONValue(parsing: #""true""#) == .string("true"))
    }

    @Test(arguments: ["", "{", "[1 2]", "{\"a\":}", "nul", "1 2", "'a'", "{\"a\":1}x", "\u{FEFF}1x"])
    func whatIsNoJSONIsAnError(_ text: String) {
        #expect(throws: (any Error).self) { try JSONValue(parsing: text) }
    }

    @Test func bytesThatAreNoTextAreAnError() {
        #expect(throws: (any Error).self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test func aVeryDeepTextIsAnErrorAndNoCrash() {
        #expect(throws: (any Error).self) { try JSONValue(parsing: String(repeating: "[", count: 100_000)) }
    }

    @Test(
        arguments: [
            (.null, "unknown"), (.int(8), "8"), (.string("Running"), "Running"), (.ints([11, 12]), "11, 12"),
            (.ints([]), "none"),
            (.bool(true), "true"),
        ] as [(JSONValue, String)]
    )
    func valuesAreListedAsPeopleWriteThem(_ value: JSONValue, _ text: String) {
        #expect(value.listed == text)
    }

    @Test func whatIsMissingIsNull() {
        #expect(JSONValue.optional(nil as String?) == .null)
        #expect(JSONValue.optional("a") == .string("a"))
        #expect(JSONValue.optional(nil as Int?) == .null)
        #expect(JSONValue.optional(0) == .int(0))
    }
}
