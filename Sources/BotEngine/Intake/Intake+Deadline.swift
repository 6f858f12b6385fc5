import BotCore
import CrashPoints

extension Intake {
    /// The part of the sender's patience that is kept for the commit: a transaction that has not run by then does not run.
    private static let keptForCommit = Duration.milliseconds(500)

    /// Runs a transaction that must be durable before a deadline, because its sender is then told that it is not.
    ///
    /// - Parameters:
    ///   - isWithdrawable: whether a change that was opened all the same, after the deadline, can be refused; nothing is done
    ///     about it before that is decided. Not so people's decisions: once they are begun, their sender is told at the deadline
    ///     that nobody knows yet (``StoreError/Code/outcomeUnknown``), which is true whatever comes of it.
    ///   - wake: rings for the workers that have something to do then.
    func inTime(
        _ deadline: Duration,
        isWithdrawable: Bool,
        wake: @escaping @Sendable () -> Void,
        _ body: @escaping @Sendable (any StoreWriter) throws -> StoredAnswer,
        answer: @escaping Answer<StoredAnswer>
    ) {
        let held = context.unanswered.hold()
        let first = FirstAnswer(answer, mayGiveUpOnceBegun: isWithdrawable) { held.deny() }
        context.deadlines.watch(first, until: deadline, clock: context.clock)
        underWay.begin()
        context.store.write { [self] writer in
            // Of a run that was undone.
            held.release()
            guard context.clock.uptime < deadline - Self.keptForCommit, first.begin() else { throw TooLate() }
            let result = try body(writer)
            if isWithdrawable, let opened = result.opened { held.opened(opened) }
            if isWithdrawable, let named = result.named { held.named(named) }
            return result
        } answer: { [self] outcome in
            if case .success = outcome { CrashPoint.deliveryCommitted.pass() }
            let isGiven = first.give(outcome) { held.promise() }
            let finish: @Sendable () -> Void = { [underWay] in
                held.release()
                underWay.end()
                wake()
            }
            guard !isGiven, isWithdrawable, let opened = (try? outcome.get())?.opened else { return finish() }
            Task {
                await withdraw(opened)
                finish()
            }
        }
    }

    /// Refuses a change whose sender was told that it was not stored. Tries until the store takes it (a full disk). Only a
    /// process that dies before that leaves a change that its sender believes not to be there.
    private func withdraw(_ id: Int) async {
        try? await context.insist(on: "withdrawal", of: id, alsoAtTheEnd: true) { [self] in
            try await context.store.write { [self] writer in
                // Unless somebody else was told meanwhile that it goes on.
                guard context.unanswered.isToBeWithdrawn(id) else { return }
                try withdraw(id, context.recorder(writer))
            }
        }
    }

    /// The same in a transaction in which it stands in the way.
    func withdraw(_ id: Int, _ recorder: ChangeRecorder) throws {
        guard var change = try recorder.writer.change(id), change.state.after(.refused) != nil else { return }
        change.outcome = "It could not be stored in time, and its sender was told so. Nothing was sent."
        let detail: [String: JSONValue] = [HistoryRecord.Detail.withdrawal: .bool(true)]
        try recorder.apply(.refused, to: &change, .init(by: .bot, detail: detail))
    }

    /// What a repeated delivery is answered: the same as the first, unless that one was taken back.
    func again(_ earlier: StoredAnswer, _ writer: any StoreWriter) throws -> StoredAnswer {
        guard let id = earlier.opened else { return earlier.repeated() }
        if context.unanswered.isToBeWithdrawn(id) { try withdraw(id, context.recorder(writer)) }
        guard let change = try writer.change(id), try writer.recordedEntry(of: change)?.record?.isWithdrawal == true
        else { return earlier.repeated(naming: id) }
        return StoredAnswer(change.refusedSentence)
    }
}

extension Change {
    /// For whoever asked for a change that is refused.
    var refusedSentence: String { "#\(id) \(title) – refused. \(outcome ?? "") \(recorded?.short ?? "")" }
}

extension StoreError {
    static let notKnownInTime = StoreError(
        .outcomeUnknown,
        "It could not be stored in time, and may be stored yet. The channel shows what comes of it."
    )
}
