import BotCore
import NIOConcurrencyHelpers

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
