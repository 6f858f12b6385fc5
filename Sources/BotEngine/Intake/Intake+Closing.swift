import BotCore

extension Intake {
    /// Carries out a command that closes clusters or opens them, and answers it.
    func close(
        _ closing: any ClosingCommand,
        _ command: InboundCommand,
        _ deadline: Duration,
        answer: @escaping Answer<Reply>
    ) {
        if command.isDirect { return answer(.success(.notDone(Self.directSentence))) }
        let stored: Answer<StoredAnswer> = { answer($0.map(\.reply)) }
        once(command, deadline, isWithdrawable: false, wake: context.ringAll, answer: stored) { [self] writer in
            let (rules, actor) = present(command.account, command.displayName)
            let desk = ClosingDesk(recorder: context.recorder(writer, request: command.request), rules: rules)
            let result = try closing.carryOut(by: actor, in: command.channel, at: desk)
            return StoredAnswer(result.sentence, isDone: result.isDone)
        }
    }
}

extension Understood {
    /// Whether a person's limit of commands holds for it: deciding and opening are never refused by it.
    var isLimited: Bool {
        guard case .command(let command) = self else { return true }
        return switch command {
        case is any ChangeDecision: false
        case let closing as any ClosingCommand: type(of: closing).isLimited
        default: true
        }
    }
}
