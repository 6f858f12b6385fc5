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
