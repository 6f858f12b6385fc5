import BotCore
import TestSupport

@testable import BotEngine

/// A chat platform that keeps what it is told.
final class Channels: ChatPlatform {
    struct Posted: Sendable {
        let channel: Channel
        var text: String
    }

    /// All messages, as they stand now.
    let posts = EventWaiter<[Posted]>([])
    let historyChannel: Channel? = nil

    /// What stands in a channel, in the order in which it was posted.
    func texts(in channel: Channel) -> [String] { posts.state.filter { $0.channel == channel }.map(\.text) }

    func features(in channel: Channel) -> ChatFeatures {
        ChatFeatures(edits: true, buttons: true, privateAnswers: true, pace: .seconds(1))
    }

    func post(_ message: Message, to address: PostAddress) async throws(ChatProblem) -> String {
        posts.update { posts in
            posts.append(Posted(channel: address.channel, text: message.inPlainWords.summary.plain))
            return String(posts.count - 1)
        }
    }

    func update(_ message: Message, id: String, at address: PostAddress) async throws(ChatProblem) {
        guard let index = Int(id) else { throw .messageGone }
        posts.update { $0[index].text = message.inPlainWords.summary.plain }
    }

    func remove(id: String, at address: PostAddress) async throws(ChatProblem) {}

    func tell(_ account: Account, _ message: Message, at address: PostAddress) async throws(ChatProblem) {}

    func link(to id: String, in channel: Channel) async -> PostLink? { nil }
}
