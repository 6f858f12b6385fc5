import BotCore
import ChatKit
import NIOConcurrencyHelpers

/// Keeps what a source brings in, and answers every command with the same.
package final class RecordingIntake: ChatIntake {
    private struct State {
        var commands: [InboundCommand] = []
        var clicks: [InboundClick] = []
        var progress: ChangeProgress?
        var failure: (any Error)?
    }

    private let answer: ChatAnswer
    private let state = NIOLockedValueBox(State())

    package init(answer: ChatAnswer = ChatAnswer(message: Message("well"), isPrivate: true, result: .done)) {
        self.answer = answer
    }

    package var commands: [InboundCommand] { state.withLockedValue(\.commands) }
    package var clicks: [InboundClick] { state.withLockedValue(\.clicks) }

    /// Sets how far every change is.
    package func set(_ progress: ChangeProgress?) { state.withLockedValue { $0.progress = progress } }

    /// Lets every command fail from now on.
    package func fail(_ error: any Error) { state.withLockedValue { $0.failure = error } }

    package func take(_ command: InboundCommand) async throws -> ChatAnswer? {
        if let failure = state.withLockedValue(\.failure) { throw failure }
        state.withLockedValue { $0.commands.append(command) }
        return answer
    }

    package func take(_ click: InboundClick) async throws { state.withLockedValue { $0.clicks.append(click) } }

    package func progress(of change: Int, for account: Account, in channel: Channel) async throws -> ChangeProgress? {
        state.withLockedValue(\.progress)
    }
}
