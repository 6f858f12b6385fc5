import BotCore
import ChatKit

/// A platform's voice by the configuration in force. Each call goes by one configuration from its beginning to its end.
struct LivePoster: ChatPlatform {
    let live: LiveParts
    let first: ChatConnection

    private var present: any ChatPlatform { live.chat(first.platform)?.poster ?? first.poster }

    /// The history channel of the start: it changes only by a restart.
    var historyChannel: Channel? { first.poster.historyChannel }

    func features(in channel: Channel) -> ChatFeatures { present.features(in: channel) }

    func post(_ message: Message, to address: PostAddress) async throws(ChatProblem) -> String {
        try await present.post(message, to: address)
    }

    func update(_ message: Message, id: String, at address: PostAddress) async throws(ChatProblem) {
        try await present.update(message, id: id, at: address)
    }

    func remove(id: String, at address: PostAddress) async throws(ChatProblem) {
        try await present.remove(id: id, at: address)
    }

    func tell(_ account: Account, _ message: Message, at address: PostAddress) async throws(ChatProblem) {
        try await present.tell(account, message, at: address)
    }

    func link(to id: String, in channel: Channel) async -> PostLink? { await present.link(to: id, in: channel) }
}
