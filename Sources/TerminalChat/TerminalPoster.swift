import BotCore
import ChatKit

/// The bot's voice at the terminal: it tells those who wait there. There are no channels to post in.
struct TerminalPoster: ChatPlatform {
    let sessions: TerminalSessions

    var historyChannel: Channel? { nil }

    func features(in channel: Channel) -> ChatFeatures {
        ChatFeatures(edits: false, buttons: false, privateAnswers: true, pace: .zero)
    }

    func post(_ message: Message, to address: PostAddress) async throws(ChatProblem) -> String { throw Self.noChannels }

    func update(_ message: Message, id: String, at address: PostAddress) async throws(ChatProblem) {
        throw Self.noChannels
    }

    func remove(id: String, at address: PostAddress) async throws(ChatProblem) { throw Self.noChannels }

    func tell(_ account: Account, _ message: Message, at address: PostAddress) async throws(ChatProblem) {
        guard let handle = address.replyHandle,
            sessions.tell(TerminalPage(message).text, handle, of: account)
        else { throw .permanent("Nobody waits at the terminal for it.") }
    }

    func link(to id: String, in channel: Channel) async -> PostLink? { nil }

    private static let noChannels = ChatProblem.cannotPostHere("A terminal has no channels.")
}
