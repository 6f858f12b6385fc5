import BotCore
import CrashPoints

extension Intake {
    /// The part of the time before the deadline that is kept for the commit: a transaction that has not begun by then
    /// does nothing.
    private static let keptForCommit = Duration.milliseconds(500)

    /// Runs a transaction that must be durable before a deadline. If it is not, the sender is told at the deadline that
    /// nothing was stored.
    ///
    /// - Parameters:
    ///   - isWithdrawable: whether what is stored after the deadline all the same can be taken back: a change that was
    ///     opened is refused, and the workers leave it alone until that is decided. People's decisions cannot be taken
    ///     back. Once one has begun, its sender is told at the deadline that the outcome is not known yet
    ///     (``StoreError/Code/outcomeUnknown``).
    ///   - wake: rings for the workers that then have something to do.
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
            // The closure may run twice. If an earlier run was undone, so is what it held.
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

    /// Refuses a change whose sender was told that it was not stored. Tries until the store takes it: the disk may be
    /// full. Only a process that dies before that leaves a change of which its sender believes that it was not stored.
    private func withdraw(_ id: Int) async {
        try? await context.insist(on: "withdrawal", of: id, alsoAtTheEnd: true) { [self] in
            try await context.store.write { [self] writer in
                // Somebody else may have been told meanwhile that it goes on.
                guard context.unanswered.isToBeWithdrawn(id) else { return }
                try withdraw(id, context.recorder(writer))
            }
        }
    }

    /// Does the same within another transaction, in which the change would be in the way.
    func withdraw(_ id: Int, _ recorder: ChangeRecorder) throws {
        guard var change = try recorder.writer.change(id), change.state.after(.refused) != nil else { return }
        change.outcome = "It could not be stored in time, and its sender was told so. Nothing was sent."
        let detail: [String: JSONValue] = [HistoryRecord.Detail.withdrawal: .bool(true)]
        try recorder.apply(.refused, to: &change, .init(by: .bot, detail: detail))
    }

    /// Returns the answer to a redelivery: the same as to the first delivery, unless its change was withdrawn.
    func again(_ earlier: StoredAnswer, _ writer: any StoreWriter) throws -> StoredAnswer {
        guard let id = earlier.opened else { return earlier.repeated() }
        if context.unanswered.isToBeWithdrawn(id) { try withdraw(id, context.recorder(writer)) }
        guard let change = try writer.change(id), try writer.recordedEntry(of: change)?.record?.isWithdrawal == true
        else { return earlier.repeated(naming: id) }
        return StoredAnswer(change.refusedSentence)
    }
}

extension Change {
    /// The answer to a person whose change is refused.
    var refusedSentence: String { "#\(id) \(title) – refused. \(outcome ?? "")" }
}

extension StoreError {
    static let notKnownInTime = StoreError(
        .outcomeUnknown,
        "It could not be stored in time, and may be stored yet. The channel shows what comes of it."
    )
}
