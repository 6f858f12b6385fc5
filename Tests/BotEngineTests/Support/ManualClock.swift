import BotCore
import NIOConcurrencyHelpers

/// Time that passes only when a test says so. Whoever sleeps is woken by ``advance(by:)``, minutes at once.
final class ManualClock: BotClock {
    private struct Sleeper {
        let until: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var uptime = Duration.seconds(1000)
        /// How far somebody has set the wall clock.
        var setBy = Duration.zero
        var sleepers: [Int: Sleeper] = [:]
        var lastSleeper = 0
        var afterNextReading: (@Sendable () -> Void)?
        var isOver = false
    }

    static let start = Timestamp(seconds: 1_800_000_000)  // 2027-01-15T08:00:00Z
    private let state = NIOLockedValueBox(State())

    var uptime: Duration {
        let (uptime, action) = state.withLockedValue { state in
            defer { state.afterNextReading = nil }
            return (state.uptime, state.afterNextReading)
        }
        action?()
        return uptime
    }
    var now: Timestamp { state.withLockedValue { Self.start + ($0.uptime + $0.setBy - .seconds(1000)) } }

    /// Sets the wall clock, as an administrator or a time service does. Nobody who sleeps is woken by that.
    func setWallClock(by span: Duration) { state.withLockedValue { $0.setBy += span } }

    /// Whoever reads the uptime next gets it as it is now, and goes on when this was done: as if it stood still in between.
    func afterNextReading(_ action: @escaping @Sendable () -> Void) {
        state.withLockedValue { $0.afterNextReading = action }
    }

    func advance(by span: Duration) {
        let woken = state.withLockedValue { state in
            state.uptime += span
            let due = state.sleepers.filter { $0.value.until <= state.uptime }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    /// Wakes everybody, and nobody sleeps any more: for the end of a test.
    func end() {
        let woken = state.withLockedValue { state in
            state.isOver = true
            defer { state.sleepers = [:] }
            return state.sleepers.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    /// After ``end()``: time can be slept through again.
    func begin() { state.withLockedValue { $0.isOver = false } }

    func sleep(_ duration: Duration) async throws {
        let until = uptime + duration
        try Task.checkCancellation()
        // Where nobody sleeps any more, a loop must still leave its thread to the others now and then.
        await Task.yield()
        let id = state.withLockedValue { state in
            state.lastSleeper += 1
            return state.lastSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let answer: Result<Void, any Error>? = state.withLockedValue { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.isOver || until <= state.uptime { return .success(()) }
                    state.sleepers[id] = Sleeper(until: until, continuation: continuation)
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let sleeper = state.withLockedValue { $0.sleepers.removeValue(forKey: id) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
