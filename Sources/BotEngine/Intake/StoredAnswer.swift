import BotCore

/// The answer to something that is stored, in the form in which it is kept for a repeated delivery.
struct StoredAnswer: Sendable {
    /// Sentences in which back-ticks mark code; empty: nothing to say.
    let text: String
    let isPrivate: Bool
    /// The change that the transaction opened.
    let opened: Int?
    /// The change of another delivery that the text says goes on. Not stored.
    let named: Int?
    /// The change that the transaction opened and refused. Not stored.
    let refused: Int?

    init(
        _ text: String,
        isPrivate: Bool = true,
        opened: Int? = nil,
        named: Int? = nil,
        refused: Int? = nil
    ) {
        self.text = text
        self.isPrivate = isPrivate
        self.opened = opened
        self.named = named
        self.refused = refused
    }

    init(stored: String) {
        let parts = stored.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        isPrivate = !stored.hasPrefix(Self.openMark)
        opened = parts.first.flatMap { Int($0.dropFirst()) }
        named = nil
        refused = nil
        text = parts.count == 2 ? String(parts[1]) : ""
    }

    /// A line that says who sees it and which change it opened, then the text.
    var stored: String {
        (isPrivate ? Self.privateMark : Self.openMark) + (opened.map(String.init) ?? "") + "\n" + text
    }

    /// The same answer for a delivery that opened nothing, because an earlier one did.
    func repeated(naming id: Int? = nil) -> Self { Self(text, isPrivate: isPrivate, named: id) }

    var reply: Reply { Reply(text, isPrivate: isPrivate) }

    private static let openMark = "+"
    private static let privateMark = "-"
}
