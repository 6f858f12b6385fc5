import BotCore

extension [Message.Block] {
    /// What fits into a message, beside a heading and a word on what is left out.
    private static let mostLines = 45

    /// Lists that are longer than a message end in a word that says so.
    var limited: [Message.Block] {
        let shown = Self.mostLines - 1
        return count <= Self.mostLines ? self : Array(prefix(shown)) + [.text("… and \(count - shown) more")]
    }

    /// Of entries in the order of time the newest ones, behind a word on the older ones.
    var newest: [Message.Block] {
        let shown = Self.mostLines - 1
        let older = count - shown
        return count <= Self.mostLines ? self : [.text("… \(older) older entries are left out")] + Array(suffix(shown))
    }
}
