/// A chat platform, as the engine needs it: post, update, tell.
package protocol ChatPlatform: Sendable {
    /// The channel in which the end of every change is posted, too; nil if none is configured.
    var historyChannel: Channel? { get }

    /// Returns what can be done in a channel. It is asked often, so it must cost nothing.
    func features(in channel: Channel) -> ChatFeatures

    /// Posts a new message. Returns its id, by which it can be edited. After the error ``ChatProblem/transient(_:)``
    /// the message may be there all the same.
    func post(_ message: Message, to address: PostAddress) async throws(ChatProblem) -> String

    /// Replaces a message of the bot's own.
    func update(_ message: Message, id: String, at address: PostAddress) async throws(ChatProblem)

    /// Removes a message of the bot's own. One that is gone already is no problem.
    func remove(id: String, at address: PostAddress) async throws(ChatProblem)

    /// Tells one person something. Only they see it where the platform has ``ChatFeatures/privateAnswers``. This is
    /// best effort, and never the only place where something is said.
    func tell(_ account: Account, _ message: Message, at address: PostAddress) async throws(ChatProblem)

    /// Returns a link to a message of the bot's own; nil where the platform has none, or does not say it within a second.
    func link(to id: String, in channel: Channel) async -> PostLink?
}
