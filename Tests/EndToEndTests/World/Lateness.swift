import NIOConcurrencyHelpers

/// How late a timer of this process is at worst, beyond what an idle machine costs: by so much at least, whatever is measured
/// meanwhile is later than on an idle machine.
final class Lateness: Sendable {
    private let worst = NIOLockedValueBox(Duration.zero)
    private let timer: Task<Void, any Error>

    /// Begins to measure.
    init() {
        timer = Task { [worst] in
            while true {
                let due = ContinuousClock.now + .milliseconds(20)
                try await Task.sleep(until: due)
                let late = ContinuousClock.now - due - .milliseconds(100)
                worst.withLockedValue { $0 = max($0, late) }
            }
        }
    }

    deinit { timer.cancel() }

    var soFar: Duration { worst.withLockedValue(\.self) }
}
