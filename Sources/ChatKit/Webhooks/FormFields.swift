import BotCore

/// The fields of an `application/x-www-form-urlencoded` body, read strictly. A body that two readers could understand
/// differently (a name twice, a broken escape, bytes that are no text) is not read at all.
package struct FormFields: Sendable {
    private struct Field: Sendable {
        let name: String
        let value: String
    }

    private let fields: [Field]

    /// The number of fields up to which looking through them is quicker than a set. Platforms send about a dozen.
    private static let few = 32

    /// Reads a body; nil for an invalid percent escape, invalid UTF-8, NUL, an empty name or a name that occurs twice.
    package init?(_ body: [UInt8]) {
        let fields = body.withUnsafeBufferPointer { Self.fields(of: $0) }
        guard let fields else { return nil }
        self.fields = fields
    }

    /// The field's value; nil if it is absent.
    package subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    private static func fields(of body: UnsafeBufferPointer<UInt8>) -> [Field]? {
        var fields: [Field] = []
        var names: Set<String> = []
        if body.isEmpty { return fields }
        fields.reserveCapacity(16)
        var start = 0
        while start <= body.count {
            var (equals, end) = (body.count, start)
            while end < body.count, body[end] != UInt8(ascii: "&") {
                if body[end] == UInt8(ascii: "="), equals > end { equals = end }
                end += 1
            }
            guard let name = decoded(UnsafeBufferPointer(rebasing: body[start..<min(equals, end)])), !name.isEmpty,
                let value = decoded(UnsafeBufferPointer(rebasing: body[min(equals + 1, end)..<end]))
            else { return nil }
            if fields.count == few { names = Set(fields.map(\.name)) }
            let isNew = fields.count < few ? !fields.contains { $0.name == name } : names.insert(name).inserted
            guard isNew else { return nil }
            fields.append(Field(name: name, value: value))
            start = end + 1
        }
        return fields
    }

    private static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        // Most fields are letters and digits.
        if bytes.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "%") }) { return text(bytes.span) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(Hex.value), let low = rest.next().flatMap(Hex.value) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        return text(decoded.span)
    }

    /// Returns the text; nil for invalid UTF-8 and NUL.
    private static func text(_ bytes: Span<UInt8>) -> String? {
        for index in bytes.indices where bytes[index] == 0 { return nil }
        guard let text = try? UTF8Span(validating: bytes) else { return nil }
        return String(copying: text)
    }
}
