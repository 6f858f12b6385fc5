/// Any JSON value. What the bot writes holds no floating-point numbers; what it reads from outside may.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The member of an object; nil for every other kind of value.
    package subscript(_ key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The integer, also where an API wrote it as a string or as `8.0`.
    package var lenientInt: Int? {
        switch self {
        case .int(let value): value
        case .double(let value): Int(exactly: value)
        case .string(let text): Int(text)
        default: nil
        }
    }

    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var int: Int? { if case .int(let value) = self { value } else { nil } }
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    package var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
    package var object: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }
    package var isNull: Bool { self == .null }
}

extension JSONValue {
    /// Reads one JSON text in UTF-8, strictly: a member that is named twice is an error, too. What it throws says at which
    /// byte; the caller says what was being read.
    package init(parsing bytes: some Sequence<UInt8>) throws {
        let parsed = try bytes.withContiguousStorageIfAvailable { try JSONParser.value($0) }
        self = try parsed ?? Array(bytes).withUnsafeBufferPointer { try JSONParser.value($0) }
    }

    package init(parsing text: String) throws {
        try self.init(parsing: text.utf8)
    }

    package static func ints(_ values: [Int]) -> JSONValue { .array(values.map(JSONValue.int)) }

    package static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    package static func optional(_ number: Int?) -> JSONValue { number.map(JSONValue.int) ?? .null }
}
