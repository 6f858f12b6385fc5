/// What the engine needs of a chat platform: three verbs.
package protocol ChatPlatform: Sendable {
    /// The channel in which every change is posted too; nil if none is configured.
    var historyChannel: Channel? { get }

    /// What can be done in a channel. Asked often: it must cost nothing.
    func features(in channel: Channel) -> ChatFeatures

    /// Posts a new message and gives back its id, by which it can be edited. After an error that is
    /// ``ChatProblem/transient`` the message may be there all the same.
    func post(_ message: Message, to address: PostAddress) async throws(ChatProblem) -> String

    /// Replaces a message of the bot's own.
    func update(_ message: Message, id: String, at address: PostAddress) async throws(ChatProblem)

    /// Says something to one person: what only they see, where the platform has ``ChatFeatures/privateAnswers``. Best effort: never the only place where something is said.
    func tell(_ account: Account, _ message: Message, at address: PostAddress) async throws(ChatProblem)
}
