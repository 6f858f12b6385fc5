import BotCore
import NIOConcurrencyHelpers

/// Passes on the first answer to somebody who waits, and ignores all others.
final class FirstAnswer<Value: Sendable>: Deadlines.Waiting {
    private struct State {
        var waiting: Intake.Answer<Value>?
        var hasBegun = false
    }

    private let state: NIOLockedValueBox<State>
    private let mayGiveUpOnceBegun: Bool
    private let onTooLate: @Sendable () -> Void

    /// - Parameter onTooLate: called before the one who waits is told that it is too late, and before anybody else can
    ///   see that an answer was given.
    init(
        _ waiting: @escaping Intake.Answer<Value>,
        mayGiveUpOnceBegun: Bool,
        onTooLate: @escaping @Sendable () -> Void = {}
    ) {
        self.mayGiveUpOnceBegun = mayGiveUpOnceBegun
        self.onTooLate = onTooLate
        state = NIOLockedValueBox(State(waiting: waiting))
    }

    /// Marks that the answer is being made. Returns false if it is too late for that.
    func begin() -> Bool {
        state.withLockedValue { state in
            state.hasBegun = true
            return state.waiting != nil
        }
    }

    var isOver: Bool { state.withLockedValue { $0.waiting == nil } }

    /// Answers ``TooLate``. Where the answer is being made already and cannot be undone, it answers that the outcome is
    /// not known yet.
    func giveUp() {
        let taken = take { waiting, hasBegun in
            let isUndone = mayGiveUpOnceBegun || !hasBegun
            if isUndone { onTooLate() }
            return (waiting, isUndone)
        }
        guard let (waiting, isUndone) = taken else { return }
        waiting(.failure(isUndone ? TooLate() : StoreError.notKnownInTime))
    }

    /// Passes on an answer. Returns whether it was the first.
    /// - Parameter onSuccess: called before the one who waits is told of a success.
    @discardableResult
    func give(_ answer: Result<Value, any Error>, onSuccess: () -> Void = {}) -> Bool {
        guard let waiting = take({ waiting, _ in waiting }) else { return false }
        if case .success = answer { onSuccess() }
        waiting(answer)
        return true
    }

    /// Takes the one who waits, under the lock; nil if an answer was given already.
    private func take<Taken>(_ look: (@escaping Intake.Answer<Value>, _ hasBegun: Bool) -> Taken) -> Taken? {
        state.withLockedValue { state in
            guard let waiting = state.waiting else { return nil }
            state.waiting = nil
            return look(waiting, state.hasBegun)
        }
    }
}
