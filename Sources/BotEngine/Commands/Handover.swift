import BotCore
import NIOConcurrencyHelpers

/// A value that one task makes and another waits for, for a time.
final class Handover<Value: Sendable>: Sendable {
    private enum State {
        case open
        case waiting(CheckedContinuation<Value?, Never>)
        case handed(Value)
        case over
    }

    private let state = NIOLockedValueBox(State.open)

    /// Hands the value over. Returns false if nobody waits for it any more.
    func hand(over value: Value) -> Bool {
        let (isTaken, waiting) = state.withLockedValue { state -> (Bool, CheckedContinuation<Value?, Never>?) in
            switch state {
            case .open:
                state = .handed(value)
                return (true, nil)
            case .waiting(let waiting):
                state = .over
                return (true, waiting)
            case .handed, .over: return (false, nil)
            }
        }
        waiting?.resume(returning: value)
        return isTaken
    }

    /// Waits for the value; nil if it does not come in time.
    func wait(atMost time: Duration, clock: some BotClock) async -> Value? {
        let timer = Task {
            try await clock.sleep(time)
            giveUp()
        }
        defer { timer.cancel() }
        return await withCheckedContinuation { continuation in
            let now: (isOver: Bool, value: Value?) = state.withLockedValue { state in
                switch state {
                case .open:
                    state = .waiting(continuation)
                    return (false, nil)
                case .handed(let value):
                    state = .over
                    return (true, value)
                case .waiting, .over:
                    state = .over
                    return (true, nil)
                }
            }
            if now.isOver { continuation.resume(returning: now.value) }
        }
    }

    private func giveUp() {
        let waiting = state.withLockedValue { state -> CheckedContinuation<Value?, Never>? in
            switch state {
            case .waiting(let waiting):
                state = .over
                return waiting
            case .open:
                state = .over
                return nil
            case .handed, .over: return nil
            }
        }
        waiting?.resume(returning: nil)
    }
}
