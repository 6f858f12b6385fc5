import BotCore
import TestSupport

/// Time that passes as everywhere, because libcurl and sockets live in it, and that a test may set forward: who sleeps
/// until then is woken.
final class JumpingClock: BotClock {
    private static let epoch = Timestamp(seconds: 1_800_000_000)  // 2027-01-15T08:00:00Z
    private let start = ContinuousClock.now
    private let skipped = EventWaiter(Duration.zero)

    var uptime: Duration { ContinuousClock.now - start + skipped.state }
    var now: Timestamp { Self.epoch + uptime }

    func jump(by span: Duration) { skipped.update { $0 += span } }

    func sleep(_ duration: Duration) async throws {
        let start = start
        let until = uptime + duration
        while true {
            let left = until - uptime
            guard left > .zero else { return try Task.checkCancellation() }
            do {
                try await skipped.wait(for: "the clock", within: left) { ContinuousClock.now - start + $0 >= until }
            } catch is EventWaiter<Duration>.TimedOut {
                continue
            }
        }
    }
}
