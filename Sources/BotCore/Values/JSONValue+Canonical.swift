extension JSONValue {
    /// The value as canonical JSON (RFC 8785): keys sorted by UTF-16 code units, no spaces, shortest escapes.
    ///
    /// Digests are taken over this form. Integers must stay below 2^53 to be exact in every reader; the bot's own do.
    package var canonical: String {
        var text: [UInt8] = []
        text.reserveCapacity(128)
        write(into: &text)
        return String(decoding: text, as: UTF8.self)
    }

    func write(into text: inout [UInt8]) {
        switch self {
        case .null: text += "null".utf8
        case .bool(let value): text += (value ? "true" : "false").utf8
        case .int(let value): Self.write(value, into: &text)
        case .double(let value): text += "\(value)".utf8
        case .string(let value): Self.write(value, into: &text)
        case .array(let values):
            text.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                value.write(into: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            if members.count == 1, let only = members.first {
                Self.write(only, into: &text)
            } else {
                for (index, member) in members.sorted(by: { Self.precedes($0.key, $1.key) }).enumerated() {
                    if index > 0 { text.append(UInt8(ascii: ",")) }
                    Self.write(member, into: &text)
                }
            }
            text.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ member: (key: String, value: JSONValue), into text: inout [UInt8]) {
        write(member.key, into: &text)
        text.append(UInt8(ascii: ":"))
        member.value.write(into: &text)
    }

    static func write(_ value: Int, into text: inout [UInt8]) {
        // Most are small, and a text for each would be made only to be copied.
        guard value >= 0 else { return text += String(value).utf8 }
        var power = 1
        while value / power >= 10 { power *= 10 }
        while power > 0 {
            text.append(UInt8(ascii: "0") + UInt8(value / power % 10))
            power /= 10
        }
    }

    /// Compares by UTF-16 code units. UTF-8 sorts the same, except that it puts what takes two units behind U+E000 to U+FFFF.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        for (one, other) in zip(left.utf8, right.utf8) where one != other {
            guard max(one, other) >= 0xEE else { return one < other }
            return left.utf16.lexicographicallyPrecedes(right.utf16)
        }
        return left.utf8.count < right.utf8.count
    }

    static func write(_ value: String, into text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        // Most texts hold nothing to escape, and are copied in one piece.
        let isCopied = value.utf8.withContiguousStorageIfAvailable { bytes in
            guard bytes.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) else {
                return false
            }
            text.append(contentsOf: bytes)
            return true
        }
        if isCopied == true { return text.append(UInt8(ascii: "\"")) }
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
            case 0x08: text += #"\b"#.utf8
            case 0x09: text += #"\t"#.utf8
            case 0x0A: text += #"\n"#.utf8
            case 0x0C: text += #"\f"#.utf8
            case 0x0D: text += #"\r"#.utf8
            case ..<0x20:
                text += (byte < 0x10 ? #"\u000"# : #"\u00"#).utf8
                text += String(byte, radix: 16).utf8
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
