import BotCore

/// A post that a platform shows when a channel is read back.
package struct PlayedPost: Hashable, Sendable {
    package enum Author: Hashable, Sendable, CaseIterable {
        /// The bot itself.
        case bot
        /// The bot itself, and later somebody has edited it.
        case botEdited
        /// Another bot, perhaps of the same name.
        case otherBot
        /// The bot's id with another app.
        case otherApp
        /// A bot of another workspace, as in a shared channel.
        case otherWorkspace
        /// A person, who can only write the head as text.
        case person
    }

    package let author: Author
    /// The head that it carries, or claims in its text.
    package let told: ToldHead

    package init(_ author: Author, _ told: ToldHead) {
        self.author = author
        self.told = told
    }
}
