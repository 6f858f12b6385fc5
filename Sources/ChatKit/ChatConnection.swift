import BotCore

/// One platform's live parts, made once from its settings.
package struct ChatConnection: Sendable {
    /// The name of its ``ChatModule``.
    package let platform: String
    /// What the bot says goes through it.
    package let poster: any ChatPlatform
    /// Where its webhooks come in; nil for a platform that has none.
    package let door: (any ChatDoor)?
    /// What brings in commands and clicks besides webhooks.
    package let sources: [any ChatSource]
    /// Everything that is called at the platform, by the names that `clusterbot_chat_seconds` gives it.
    package let methods: [String]

    package init(
        platform: String,
        poster: any ChatPlatform,
        door: (any ChatDoor)?,
        sources: [any ChatSource] = [],
        methods: [String]
    ) {
        self.platform = platform
        self.poster = poster
        self.door = door
        self.sources = sources
        self.methods = methods
    }
}
