/// A second reader of JSON, written from RFC 8259 alone, to compare the one that is used with: it is strict, keeps the
/// members of objects in their order and also those that occur twice, and keeps numbers as they are spelled.
indirect enum ReferenceJSON {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([ReferenceJSON])
    case object([(name: String, value: ReferenceJSON)])

    /// Nil for what is no JSON text in UTF-8. It may begin with a byte order mark, as the RFC allows.
    init?(_ bytes: [UInt8]) {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = Reader(bytes: bytes, position: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        guard let value = reader.value(), reader.isAtEnd else { return nil }
        self = value
    }

    /// The first member of that name.
    subscript(_ name: String) -> ReferenceJSON? {
        if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil }
    }

    var string: String? { if case .string(let text) = self { text } else { nil } }
    var array: [ReferenceJSON]? { if case .array(let values) = self { values } else { nil } }
    var isObject: Bool { if case .object = self { true } else { false } }
    var isNull: Bool { if case .null = self { true } else { false } }
    var isNumber: Bool { if case .number = self { true } else { false } }

    /// The integer, also where it is spelled as a string or as `8.0`.
    var lenientInteger: Int? {
        switch self {
        case .number(let text): Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
        case .string(let text): Int(text)
        default: nil
        }
    }

    /// Whether some object in it names a member twice.
    var hasTwins: Bool {
        switch self {
        case .null, .bool, .number, .string: false
        case .array(let values): values.contains(where: \.hasTwins)
        case .object(let members):
            Set(members.map(\.name)).count < members.count || members.contains { $0.value.hasTwins }
        }
    }

    /// Whether some text in it holds a NUL.
    var hasNUL: Bool {
        switch self {
        case .null, .bool, .number: false
        case .string(let text): text.utf8.contains(0)
        case .array(let values): values.contains(where: \.hasNUL)
        case .object(let members): members.contains { $0.name.utf8.contains(0) || $0.value.hasNUL }
        }
    }

    /// How many arrays and objects are inside each other, itself included.
    var depth: Int {
        switch self {
        case .null, .bool, .number, .string: 0
        case .array(let values): 1 + (values.map(\.depth).max() ?? 0)
        case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
        }
    }

    /// Whether every number in it can be held by the reader that is used: as a floating-point number neither infinite nor, if
    /// it is none, zero.
    var hasOnlyRepresentableNumbers: Bool {
        switch self {
        case .null, .bool, .string: return true
        case .number(let text):
            guard let value = Double(text), value.isFinite else { return false }
            let isZero = text.prefix { $0 != "e" && $0 != "E" }.allSatisfy { !("1"..."9").contains($0) }
            return value != 0 || isZero
        case .array(let values): return values.allSatisfy(\.hasOnlyRepresentableNumbers)
        case .object(let members): return members.allSatisfy(\.value.hasOnlyRepresentableNumbers)
        }
    }
}

/// Goes through the bytes once. Recursion is bounded by the longest input that is tried.
private struct Reader {
    let bytes: [UInt8]
    var position: Int

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return position == bytes.count
        }
    }

    mutating func value() -> ReferenceJSON? {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "\""): return string().map(ReferenceJSON.string)
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
        default: return number()
        }
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    private mutating func object() -> ReferenceJSON? {
        position += 1
        var members: [(name: String, value: ReferenceJSON)] = []
        skipSpace()
        if take("}") { return .object([]) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\""), let name = string() else { return nil }
            skipSpace()
            guard take(":"), let value = value() else { return nil }
            members.append((name, value))
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { return nil }
        }
    }

    private mutating func array() -> ReferenceJSON? {
        position += 1
        var values: [ReferenceJSON] = []
        skipSpace()
        if take("]") { return .array([]) }
        while true {
            guard let value = value() else { return nil }
            values.append(value)
            skipSpace()
            if take("]") { return .array(values) }
            guard take(",") else { return nil }
        }
    }

    private mutating func number() -> ReferenceJSON? {
        let start = position
        _ = take("-")
        if !take("0") { guard digits() else { return nil } }
        if take(".") { guard digits() else { return nil } }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            guard digits() else { return nil }
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func digits() -> Bool {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        return position > start
    }

    private mutating func string() -> String? {
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escaped() else { return nil }
                text += Array(String(scalar).utf8)
            case 0..<0x20: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    private static let shortEscapes: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{08}",
        UInt8(ascii: "f"): "\u{0C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]

    /// What stands behind a backslash. Halves of surrogate pairs must find each other.
    private mutating func escaped() -> Unicode.Scalar? {
        guard let byte = next else { return nil }
        position += 1
        guard byte == UInt8(ascii: "u") else { return Self.shortEscapes[byte] }
        guard let first = codeUnit() else { return nil }
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
        guard take("\\u"), let second = codeUnit(), (0xDC00..<0xE000).contains(second) else { return nil }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private mutating func codeUnit() -> UInt32? {
        let end = position + 4
        guard end <= bytes.count else { return nil }
        let digits = bytes[position..<end]
        position = end
        // A sign would be taken for a number, too.
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
