/// Where a message goes.
package struct PostAddress: Hashable, Sendable {
    package let channel: Channel
    /// See ``Change/replyHandle``; used where the bot has no token, and for private words to one person.
    package let replyHandle: String?

    package init(channel: Channel, replyHandle: String? = nil) {
        self.channel = channel
        self.replyHandle = replyHandle
    }
}

/// What the engine needs of a chat platform: three verbs.
package protocol ChatPlatform: Sendable {
    /// The channel in which every change is posted too; nil if none is configured.
    var historyChannel: Channel? { get }

    /// Whether messages in a channel can be edited. Where they cannot, every update is a new message, and the platform takes
    /// only a few: the engine then says only what somebody must act on or wait for.
    func canEdit(in channel: Channel) -> Bool

    /// Posts a new message and gives back its id, by which it can be edited. After an error that is
    /// ``ChatProblem/transient`` the message may be there all the same.
    func post(_ message: Message, to address: PostAddress) async throws(ChatProblem) -> String

    /// Replaces a message of the bot's own.
    func update(_ message: Message, id: String, at address: PostAddress) async throws(ChatProblem)

    /// Says something that only this person sees. Best effort: never the only place where something is said.
    func tell(_ account: Account, _ message: Message, at address: PostAddress) async throws(ChatProblem)
}

/// Why something could not be said.
package enum ChatProblem: Error, Hashable, Sendable {
    /// The bot may not post in this channel. The text says what a person can do about it.
    case cannotPostHere(String)
    /// Too fast; try again after this time.
    case rateLimited(Duration)
    /// May work later: time-outs, 5xx, connection failures. The text is for logs.
    case transient(String)
    /// Will never work as it is: the platform refuses the credentials, or what was asked. The text is for logs.
    case permanent(String)
    /// The platform does not take the message in this layout; another one may do. The text is for logs.
    case layoutRefused(String)
    /// The message to edit is gone or can no longer be edited.
    case messageGone
}
