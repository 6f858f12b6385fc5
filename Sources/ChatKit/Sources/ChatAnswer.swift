import BotCore

/// The first answer to a command.
package struct ChatAnswer: Hashable, Sendable {
    package let message: Message
    /// Whether only the person who typed sees it, where the platform has private answers.
    package let isPrivate: Bool
    package let result: CommandResult

    package init(message: Message, isPrivate: Bool, result: CommandResult) {
        self.result = result
        self.message = message
        self.isPrivate = isPrivate
    }
}
