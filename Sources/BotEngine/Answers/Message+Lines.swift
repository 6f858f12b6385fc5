import BotCore

extension Message {
    /// The most lines in a message, beside a heading: a platform may limit the blocks of a message.
    private static let mostLines = 45

    /// Returns the lines that fit into a message. If some do not, the last line counts them.
    static func limited(_ lines: [Block]) -> [Block] {
        let shown = mostLines - 1
        return lines.count <= mostLines
            ? lines : Array(lines.prefix(shown)) + [.text("… and \(lines.count - shown) more")]
    }

    /// Returns the newest lines that fit into a message, of lines in the order of time. If some do not fit, the first
    /// line counts them.
    static func newest(_ lines: [Block]) -> [Block] {
        let shown = mostLines - 1
        return lines.count <= mostLines
            ? lines : [.text("… \(lines.count - shown) older entries are left out")] + Array(lines.suffix(shown))
    }
}
