/// The value of a button: which change it is about, and which plan was on the screen.
package struct ButtonValue: Hashable, Sendable, CustomStringConvertible {
    package let change: Int
    /// The digest of the plan that was shown; empty where there was none.
    package let digest: String

    package init(change: Int, digest: String?) {
        self.change = change
        self.digest = digest ?? ""
    }

    /// Reads what came back; nil for anything that the bot did not make.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let change = Int(parts[0]), change > 0, String(change) == parts[0] else { return nil }
        guard parts[1].isEmpty || parts[1].utf8.count == 64 && parts[1].utf8.allSatisfy(Self.isDigit) else {
            return nil
        }
        self.change = change
        digest = String(parts[1])
    }

    package var description: String { "\(change).\(digest)" }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
