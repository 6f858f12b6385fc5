import BotCore

/// JSON from outside, read strictly.
enum StrictJSON {
    /// The value; nil for what is no JSON, for an object that names a member twice, and for texts that hold a NUL.
    static func object(_ bytes: [UInt8]) -> JSONValue? {
        // A NUL would make the decoder take it for UTF-16.
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil,
            let value = try? JSONValue(parsing: bytes),
            case .object = value
        else { return nil }
        // The decoder drops one of two members of the same name without a word, but then there are more colons outside
        // of strings than members.
        return members(in: value) == colons(in: bytes) ? value : nil
    }

    /// How many members all objects have together; nil if a text holds a NUL.
    private static func members(in value: JSONValue) -> Int? {
        switch value {
        case .string(let text): return text.utf8.contains(0) ? nil : 0
        case .array(let items):
            var count = 0
            for item in items {
                guard let more = members(in: item) else { return nil }
                count += more
            }
            return count
        case .object(let object):
            var count = object.count
            for (name, item) in object {
                guard !name.utf8.contains(0), let more = members(in: item) else { return nil }
                count += more
            }
            return count
        default: return 0
        }
    }

    private static func colons(in bytes: [UInt8]) -> Int {
        var count = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString.toggle()
            } else if byte == UInt8(ascii: ":"), !isInString {
                count += 1
            }
        }
        return count
    }
}
