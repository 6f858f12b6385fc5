import BotCore

/// Reads JSON from outside strictly.
package enum StrictJSON {
    /// Returns the value; nil if it is no JSON object, or a text in it holds a NUL.
    package static func object(_ bytes: [UInt8]) -> JSONValue? {
        guard let value = try? JSONValue(parsing: bytes), case .object = value, !holdsNUL(value) else { return nil }
        return value
    }

    private static func holdsNUL(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): text.utf8.contains(0)
        case .array(let items): items.contains(where: holdsNUL)
        case .object(let members): members.contains { $0.key.utf8.contains(0) || holdsNUL($0.value) }
        default: false
        }
    }
}
