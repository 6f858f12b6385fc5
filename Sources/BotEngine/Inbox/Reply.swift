import BotCore

/// The answer to a command, given in the HTTP reply itself.
package struct Reply: Sendable, Hashable {
    package let message: Message
    /// Whether only the person who typed sees it.
    package let isPrivate: Bool

    package init(_ message: Message, isPrivate: Bool = true) {
        self.message = message
        self.isPrivate = isPrivate
    }

    /// One sentence in which back-ticks mark code.
    init(_ marked: String, isPrivate: Bool = true) {
        self.init(Message(RichText(marked: marked)), isPrivate: isPrivate)
    }
}

/// The answer to something that is stored, in the form in which it is kept for a repeated delivery.
struct StoredAnswer: Sendable {
    /// Sentences in which back-ticks mark code; empty: nothing to say.
    let text: String
    let isPrivate: Bool
    /// The change that the transaction opened. Not kept.
    let opened: Int?

    init(_ text: String, isPrivate: Bool = true, opened: Int? = nil) {
        self.text = text
        self.isPrivate = isPrivate
        self.opened = opened
    }

    init(stored: String) {
        opened = nil
        isPrivate = !stored.hasPrefix(Self.openMark)
        text = String(stored.dropFirst())
    }

    var stored: String { (isPrivate ? Self.privateMark : Self.openMark) + text }

    var reply: Reply { Reply(text, isPrivate: isPrivate) }

    private static let openMark = "+"
    private static let privateMark = "-"
}
