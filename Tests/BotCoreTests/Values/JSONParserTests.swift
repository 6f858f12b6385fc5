import BotCore
import Foundation
import TestSupport
import Testing

/// The parser against Foundation's, as a second reader of the same texts.
@Suite("The JSON parser", .timeLimit(.minutes(20)))
struct JSONParserTests {
    /// What Foundation reads. Only compared with, never used.
    private indirect enum Other: Decodable, Equatable {
        case null, bool(Bool), number(Double), text([UInt8]), array([Other]), object([String: Other])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(String.self) {
                self = .text(Array(value.utf8))
            } else if let value = try? container.decode(Double.self) {
                self = .number(value)
            } else if let value = try? container.decode([Other].self) {
                self = .array(value)
            } else {
                self = .object(try container.decode([String: Other].self))
            }
        }

        init(_ value: JSONValue) {
            self =
                switch value {
                case .null: .null
                case .bool(let value): .bool(value)
                case .int(let value): .number(Double(value))
                case .double(let value): .number(value)
                case .string(let text): .text(Array(text.utf8))
                case .array(let values): .array(values.map(Other.init))
                case .object(let members): .object(members.mapValues(Other.init))
                }
        }
    }

    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\"", "\"é\"", "\"\\u00e9\"", "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\n\\/\\\\\"", "\"\\x\"", "\"\u{1}\"", "0", "-0", "01", "1", "-1", "1.5", "1.", ".5", "8.0", "8e0", "1E+2",
        "1e-2",
        "-", "1e", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "true", "false", "null", "nul",
        " ", "\n", "\t", "\u{B}", "\u{A0}", "+1", "NaN", "\"\u{7F}\"", "\"\u{2028}\"",
    ]

    @Test func readsWhatFoundationReads() {
        var random = SplitMix64(seed: 11)
        var accepted = 0
        for _ in 0..<60_000 {
            var text = Self.text(&random, depth: 3)
            if Bool.random(using: &random) { Self.damage(&text, &random) }
            guard !text.isEmpty, !text.contains(0) else { continue }
            let mine = try? JSONValue(parsing: text)
            let other = try? JSONDecoder().decode(Other.self, from: Data(text))
            let shown = String(decoding: text, as: UTF8.self)
            if let mine {
                accepted += 1
                #expect(other == Other(mine), "\(shown)")
            } else if let other {
                // Stricter only in this: Foundation lets some commas pass that nothing follows.
                #expect(Self.namesAMemberTwice(other, shown) || shown.contains(/,\s*[\]}]/), "\(shown)")
            }
        }
        #expect(accepted > 15_000)
    }

    /// Foundation keeps one of two: then fewer members come out than there are colons outside of texts.
    private static func namesAMemberTwice(_ value: Other, _ text: String) -> Bool {
        func members(_ value: Other) -> Int {
            switch value {
            case .array(let values): values.map(members).reduce(0, +)
            case .object(let object): object.count + object.values.map(members).reduce(0, +)
            default: 0
            }
        }
        return text.replacing(/"(?:[^"\\]|\\.)*"/, with: "").count { $0 == ":" } > members(value)
    }

    private static func text(_ random: inout SplitMix64, depth: Int) -> [UInt8] {
        func many(_ make: (inout SplitMix64) -> [UInt8]) -> [UInt8] {
            Array((0..<Int.random(in: 0...3, using: &random)).map { _ in make(&random) }.joined(separator: [0x2C]))
        }
        switch Int.random(in: 0..<(depth > 0 ? 5 : 2), using: &random) {
        case 0, 1: return Array((pieces.randomElement(using: &random) ?? "").utf8)
        case 2: return [0x5B] + many { Self.text(&$0, depth: depth - 1) } + [0x5D]
        default:
            return [0x7B]
                + many { random in
                    let name = ["\"a\"", "\"b\"", "\"\\u0061\"", "\"é\"", "\"c\""].randomElement(using: &random) ?? ""
                    return Array(name.utf8) + [0x3A] + Self.text(&random, depth: depth - 1)
                } + [0x7D]
        }
    }

    private static func damage(_ text: inout [UInt8], _ random: inout SplitMix64) {
        guard !text.isEmpty else { return }
        let index = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: text.remove(at: index)
        case 1: text[index] = UInt8.random(in: 1...255, using: &random)
        case 2: text.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: index)
        default: text.removeSubrange(index...)
        }
    }

    @Test(arguments: [
        #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#, #"[{"b":{"a":1,"c":2,"a":3}}]"#, "{\"\u{E9}\":1,\"e\u{301}\":2}",
    ])
    func refusesAMemberThatIsNamedTwice(_ text: String) {
        #expect(throws: (any Error).self) { try JSONValue(parsing: text) }
    }

    @Test(
        arguments: [
            ("0", .int(0)), ("-0", .int(0)), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .double(0x1p63)), ("9007199254740993", .int(9_007_199_254_740_993)),
            ("9007199254740992.0", .int(1 << 53)), ("1e18", .double(1e18)), ("1.5", .double(1.5)),
            ("12e-1", .double(1.2)),
            ("120e-1", .int(12)), ("0e-999", .int(0)), ("1e-300", .double(1e-300)),
        ] as [(String, JSONValue)]
    )
    func keepsNumbersExact(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(arguments: [
        "1e400", "-1e400", "1e-400", "0.1e-999", "[1, ]", "01", "-01", "1.", ".1", "1e", "1e+", "-", "+1", "0x1",
        "Infinity", "NaN", "\"\\u12\"",
        "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\u00\u{661}0\"", "\"\n\"", "\"\\a\"", "\"", "[1,]",
        "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}", "[1", "{\"a\":1", "tru", "truex", "1 1", "\u{B}1",
    ])
    func refusesWhatIsNoJSON(_ text: String) {
        #expect(throws: (any Error).self) { try JSONValue(parsing: text) }
    }

    @Test func readsBytesThatDoNotLieInOnePiece() throws {
        let text = #" {"a": [1, "\u20ac"], "b": {}} "#
        let pieces = [Array(text.utf8.prefix(7)), Array(text.utf8.dropFirst(7))].joined()
        #expect(try JSONValue(parsing: pieces) == JSONValue(parsing: text))
        #expect(try JSONValue(parsing: [0xEF, 0xBB, 0xBF, 0x31]) == .int(1))
    }

    @Test func readsDeepTextsUpToItsBound() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try JSONValue(parsing: nested(256)).array?.count == 1)
        #expect(throws: (any Error).self) { try JSONValue(parsing: nested(257)) }
    }
}
