import BotCore

/// The same calls as `async` functions, for callers that wait for the answer.
extension Intake {
    /// Answers a command; see ``handle(_:deadline:answer:)-(InboundCommand,_,_)``.
    package func handle(_ command: InboundCommand, deadline: Duration) async throws -> Reply {
        try await withCheckedThrowingContinuation { waiting in
            handle(command, deadline: deadline) { waiting.resume(with: $0) }
        }
    }

    /// Takes a click; see ``handle(_:deadline:answer:)-(InboundClick,_,_)``.
    package func handle(_ click: InboundClick, deadline: Duration) async throws {
        try await withCheckedThrowingContinuation { waiting in
            handle(click, deadline: deadline) { waiting.resume(with: $0) }
        }
    }
}
