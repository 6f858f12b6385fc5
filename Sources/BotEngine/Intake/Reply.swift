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
    package let result: CommandResult

    package init(_ message: Message, isPrivate: Bool = true, _ result: CommandResult = .done) {
        content = .message(message)
        self.isPrivate = isPrivate
        self.result = result
    }

    /// Creates a reply of one sentence in which back-ticks mark code. The message is made only when it is asked for:
    /// the thread that answers after a commit has others to answer.
    init(_ marked: String, isPrivate: Bool = true, _ result: CommandResult = .done) {
        content = .marked(marked)
        self.isPrivate = isPrivate
        self.result = result
    }

    /// Returns a reply that says why nothing was done.
    /// - Parameter offers: what can be done instead, beside the lines in the sentence.
    static func notDone(
        _ marked: String,
        offering offers: [OfferedLine] = [],
        _ result: CommandResult = .notDone
    ) -> Reply {
        guard !offers.isEmpty else { return Reply(marked, result) }
        var message = Message(RichText(marked: marked))
        message.blocks.append(.offers(offers))
        return Reply(message, result)
    }

    /// Whether its message can have offers.
    var mayOffer: Bool { if case .message = content { true } else { false } }

    /// An empty reply, for a person who sends more commands than they could read answers to.
    package static let nothing = Reply()

    private init() {
        content = .nothing
        isPrivate = true
        result = .notDone
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
