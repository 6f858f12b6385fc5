/// A body of `application/x-www-form-urlencoded`, read strictly: what two readers could understand differently
/// (a name twice, a broken escape, bytes that are no text) is not read at all.
struct FormFields: Sendable {
    private let values: [String: String]

    /// Nil for an invalid percent escape, invalid UTF-8, NUL, an empty name or a name that occurs twice.
    init?(_ body: [UInt8]) {
        var values: [String: String] = [:]
        for pair in body.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) where !body.isEmpty {
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            guard let key = Self.decoded(name), !key.isEmpty, let value = Self.decoded(pair.dropFirst(name.count + 1)),
                values.updateValue(value, forKey: key) == nil
            else { return nil }
        }
        self.values = values
    }

    /// The field's value; nil if it is absent.
    subscript(_ name: String) -> String? { values[name] }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(nibble), let low = rest.next().flatMap(nibble) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        guard !decoded.contains(0), let text = try? UTF8Span(validating: decoded.span) else { return nil }
        return String(copying: text)
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
