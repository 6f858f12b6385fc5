import BotCore
import CrashPoints
import Logging
import NIOConcurrencyHelpers

/// A delivery could not be made durable before its sender stopped waiting. It counts as not received.
package struct TooLate: Error {}

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
                try withdraw(id, context.ledger(writer))
            }
        }
    }

    /// The same in a transaction in which it stands in the way.
    func withdraw(_ id: Int, _ ledger: Ledger) throws {
        guard var change = try ledger.writer.change(id), change.state.after(.refused) != nil else { return }
        change.outcome = Self.withdrawn
        try ledger.apply(.refused, to: &change, .init(by: .bot))
    }

    private static let withdrawn = "It could not be stored in time, and its sender was told so. Nothing was sent."

    /// What a repeated delivery is answered: the same as the first, unless that one was taken back.
    func again(_ earlier: StoredAnswer, _ writer: any StoreWriter) throws -> StoredAnswer {
        guard let id = earlier.opened else { return earlier.repeated() }
        if context.unanswered.isToBeWithdrawn(id) { try withdraw(id, context.ledger(writer)) }
        guard let change = try writer.change(id), change.outcome == Self.withdrawn else {
            return earlier.repeated(naming: id)
        }
        return StoredAnswer(change.refusedSentence)
    }
}

extension Change {
    /// For whoever asked for a change that is refused.
    var refusedSentence: String { "#\(id) \(title) – refused. \(outcome ?? "") \(recorded?.short ?? "")" }
}

/// Passes on the first answer and ignores all others.
final class FirstAnswer<Value: Sendable>: Deadlines.Waiting {
    private struct State {
        var waiting: Intake.Answer<Value>?
        var hasBegun = false
    }

    private let state: NIOLockedValueBox<State>
    private let mayGiveUpOnceBegun: Bool
    private let onTooLate: @Sendable () -> Void

    /// - Parameter onTooLate: called before whoever waits is told that it is too late, and before anybody else can find that
    ///   it was answered.
    init(
        _ waiting: @escaping Intake.Answer<Value>,
        mayGiveUpOnceBegun: Bool,
        onTooLate: @escaping @Sendable () -> Void = {}
    ) {
        self.mayGiveUpOnceBegun = mayGiveUpOnceBegun
        self.onTooLate = onTooLate
        state = NIOLockedValueBox(State(waiting: waiting))
    }

    /// Marks that the answer is being made. False if it is too late for that.
    func begin() -> Bool {
        state.withLockedValue { state in
            state.hasBegun = true
            return state.waiting != nil
        }
    }

    var isOver: Bool { state.withLockedValue { $0.waiting == nil } }

    /// Answers that it is too late; or, where the real answer is being made and cannot be undone, that nobody knows yet.
    func giveUp() {
        let taken = take { waiting, hasBegun in
            let isUndone = mayGiveUpOnceBegun || !hasBegun
            if isUndone { onTooLate() }
            return (waiting, isUndone)
        }
        guard let (waiting, isUndone) = taken else { return }
        waiting(.failure(isUndone ? TooLate() : StoreError.notKnownInTime))
    }

    /// Whether this answer was the first.
    /// - Parameter onSuccess: called before whoever waits is told of a success.
    @discardableResult
    func give(_ answer: Result<Value, any Error>, onSuccess: () -> Void = {}) -> Bool {
        guard let waiting = take({ waiting, _ in waiting }) else { return false }
        if case .success = answer { onSuccess() }
        waiting(answer)
        return true
    }

    /// Nil if it was answered already.
    private func take<Taken>(_ look: (@escaping Intake.Answer<Value>, _ hasBegun: Bool) -> Taken) -> Taken? {
        state.withLockedValue { state in
            guard let waiting = state.waiting else { return nil }
            state.waiting = nil
            return look(waiting, state.hasBegun)
        }
    }
}

extension StoreError {
    fileprivate static let notKnownInTime = StoreError(
        .outcomeUnknown,
        "It could not be stored in time, and may be stored yet. The channel shows what comes of it."
    )
}
