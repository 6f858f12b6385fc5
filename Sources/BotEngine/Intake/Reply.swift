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
