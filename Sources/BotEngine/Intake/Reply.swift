import BotCore

/// The answer to a command, given in the HTTP reply itself.
package struct Reply: Sendable, Hashable {
    private enum Content: Hashable {
        case nothing
        case message(Message)
        case marked(String)
    }

    private let content: Content
    /// Whether only the person who typed the command sees it.
    package let isPrivate: Bool

    package init(_ message: Message, isPrivate: Bool = true) {
        content = .message(message)
        self.isPrivate = isPrivate
    }

    /// Creates a reply of one sentence in which back-ticks mark code. The message is made only when it is asked for:
    /// the thread that answers after a commit has others to answer.
    init(_ marked: String, isPrivate: Bool = true) {
        content = .marked(marked)
        self.isPrivate = isPrivate
    }

    /// An empty reply, for a person who sends more commands than they could read answers to.
    package static let nothing = Reply()

    private init() {
        content = .nothing
        isPrivate = true
    }

    /// The message; nil if the reply is empty.
    package var message: Message? {
        switch content {
        case .nothing: nil
        case .message(let message): message
        case .marked(let text): Message(RichText(marked: text))
        }
    }
}
