import BotCore

/// The first answer to a command.
package struct ChatAnswer: Hashable, Sendable {
    package let message: Message
    /// Whether only the person who typed sees it, where the platform has private answers.
    package let isPrivate: Bool

    package init(message: Message, isPrivate: Bool) {
        self.message = message
        self.isPrivate = isPrivate
    }
}
