import BotCore

/// The live parts of one platform, made once from its settings.
package struct ChatConnection: Sendable {
    /// The name of its ``ChatModule``.
    package let platform: String
    /// The bot's voice on the platform: it posts, edits and tells.
    package let poster: any ChatPlatform
    /// Who is in its user groups; nil for a platform that has none.
    package let directory: (any MemberDirectory)?
    /// Reads back what the bot told the history channel; nil for a platform on which it cannot.
    package let headReader: (any HeadReader)?
    /// The door for its webhooks; nil for a platform that sends none.
    package let door: (any ChatDoor)?
    /// The sources that bring in commands and clicks besides webhooks.
    package let sources: [any ChatSource]
    /// The door at the service's socket; nil for a platform that does not come by it.
    package let socketDoor: (any SocketDoor)?
    /// The methods that are called at the platform, by their labels in `clusterbot_chat_seconds`.
    package let methods: [String]

    package init(
        platform: String,
        poster: any ChatPlatform,
        directory: (any MemberDirectory)? = nil,
        headReader: (any HeadReader)? = nil,
        door: (any ChatDoor)?,
        sources: [any ChatSource] = [],
        socketDoor: (any SocketDoor)? = nil,
        methods: [String]
    ) {
        self.platform = platform
        self.poster = poster
        self.directory = directory
        self.headReader = headReader
        self.door = door
        self.sources = sources
        self.socketDoor = socketDoor
        self.methods = methods
    }
}
