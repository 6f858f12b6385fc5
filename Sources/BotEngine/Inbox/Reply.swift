import BotCore

/// The answer to a command, given in the HTTP reply itself.
package struct Reply: Sendable, Hashable {
    private enum Content: Hashable {
        case nothing
        case message(Message)
        case marked(String)
    }

    private let content: Content
    /// Whether only the person who typed sees it.
    package let isPrivate: Bool

    package init(_ message: Message, isPrivate: Bool = true) {
        content = .message(message)
        self.isPrivate = isPrivate
    }

    /// One sentence in which back-ticks mark code. It is made a message of where that is asked for: the thread that answers
    /// after a commit has others to answer.
    init(_ marked: String, isPrivate: Bool = true) {
        content = .marked(marked)
        self.isPrivate = isPrivate
    }

    /// No word at all, for whoever sends more than anybody could read.
    package static let nothing = Reply()

    private init() {
        content = .nothing
        isPrivate = true
    }

    /// Nil where nothing is said.
    package var message: Message? {
        switch content {
        case .nothing: nil
        case .message(let message): message
        case .marked(let text): Message(RichText(marked: text))
        }
    }
}

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
