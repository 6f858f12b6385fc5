/// Reads one JSON text (RFC 8259), strictly: what two readers could understand differently is an error.
///
/// Errors are: anything but one whole value, invalid UTF-8, an object that names a member twice, escapes that stand for no
/// character, numbers that no `Double` can hold, and nesting deeper than ``deepest``. Every stored row, plan, reply and
/// click passes here, so it works on the bytes and looks at each of them once.
struct JSONParser {
    /// The deepest nesting: far more than the bot meets; less than the smallest thread's stack holds.
    static let deepest = 256

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    /// The value of a whole text. `bytes` may begin with a byte order mark.
    static func value(_ bytes: UnsafeBufferPointer<UInt8>) throws(Problem) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
        let value = try parser.value(depth: 0)
        parser.skipSpaces()
        guard parser.position == bytes.count else { throw parser.problem("something follows the value") }
        return value
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func value(depth: Int) throws(Problem) -> JSONValue {
        skipSpaces()
        switch next {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(Problem) -> [String: JSONValue] {
        guard depth <= Self.deepest else { throw problem("nested too deeply") }
        position += 1
        var members: [String: JSONValue] = [:]
        skipSpaces()
        if take(UInt8(ascii: "}")) { return members }
        while true {
            skipSpaces()
            guard next == UInt8(ascii: "\"") else { throw problem("no name of a member") }
            let name = try string()
            skipSpaces()
            guard take(UInt8(ascii: ":")) else { throw problem("no colon behind the name of a member") }
            guard members.updateValue(try value(depth: depth), forKey: name) == nil else {
                throw problem("a member twice")
            }
            skipSpaces()
            if take(UInt8(ascii: "}")) { return members }
            guard take(UInt8(ascii: ",")) else { throw problem("no comma behind a member") }
        }
    }

    private mutating func array(depth: Int) throws(Problem) -> [JSONValue] {
        guard depth <= Self.deepest else { throw problem("nested too deeply") }
        position += 1
        var values: [JSONValue] = []
        skipSpaces()
        if take(UInt8(ascii: "]")) { return values }
        while true {
            values.append(try value(depth: depth))
            skipSpaces()
            if take(UInt8(ascii: "]")) { return values }
            guard take(UInt8(ascii: ",")) else { throw problem("no comma behind a value") }
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Problem) -> JSONValue {
        let end = position + word.utf8CodeUnitCount
        let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard end <= bytes.count, bytes[position..<end].elementsEqual(letters) else { throw problem("no value") }
        position = end
        return value
    }

    // MARK: Texts

    private mutating func string() throws(Problem) -> String {
        position += 1
        let start = position
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        guard next == UInt8(ascii: "\"") else { return try escapedString(from: start) }
        defer { position += 1 }
        return try text(bytes[start..<position])
    }

    /// A text with escapes in it, from the first byte behind its quote.
    private mutating func escapedString(from start: Int) throws(Problem) -> String {
        var decoded = Array(bytes[start..<position])
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(decoded)
            case UInt8(ascii: "\\"): decoded += try escape().utf8
            case ..<0x20: throw problem("a control character in a text")
            default: decoded.append(byte)
            }
        }
        throw problem("a text without an end")
    }

    private func text(_ bytes: some Collection<UInt8>) throws(Problem) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw problem("bytes that are no UTF-8") }
        return text
    }

    /// The character that an escape stands for, from the byte behind the backslash.
    private mutating func escape() throws(Problem) -> String {
        guard let byte = next else { throw problem("an escape without an end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(Unicode.Scalar(byte))
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw problem("an unknown escape")
        }
        let unit = try hexadecimal()
        var code = UInt32(unit)
        if UTF16.isLeadSurrogate(unit) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw problem("half a character") }
            let trail = try hexadecimal()
            guard UTF16.isTrailSurrogate(trail) else { throw problem("half a character") }
            code = 0x1_0000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw problem("half a character") }
        return String(scalar)
    }

    private mutating func hexadecimal() throws(Problem) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = next.flatMap(Hex.value) else { throw problem("an escape that is no number") }
            position += 1
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    // MARK: Bytes

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpaces() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    func problem(_ what: String) -> Problem { Problem(description: "no JSON: \(what) (byte \(position))") }
}
