import BotCore

extension Message {
    /// What fits into a message, beside a heading and a word on what is left out.
    private static let mostLines = 45

    /// Lists that are longer than a message end in a word that says so.
    static func limited(_ lines: [Block]) -> [Block] {
        let shown = mostLines - 1
        return lines.count <= mostLines
            ? lines : Array(lines.prefix(shown)) + [.text("… and \(lines.count - shown) more")]
    }

    /// Of entries in the order of time the newest ones, behind a word on the older ones.
    static func newest(_ lines: [Block]) -> [Block] {
        let shown = mostLines - 1
        return lines.count <= mostLines
            ? lines : [.text("… \(lines.count - shown) older entries are left out")] + Array(lines.suffix(shown))
    }
}
