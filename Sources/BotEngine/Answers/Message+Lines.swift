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
}
