import BotCore
import NIOConcurrencyHelpers

/// A clock that stands still until it is moved, so that no deadline passes because the machine is busy.
///
/// Whoever sleeps wakes only by being cancelled.
package final class StandingClock: BotClock {
    private let time = NIOLockedValueBox(Duration.zero)

    package init() {}

    package var now: Timestamp { Timestamp(seconds: 1_800_000_000) + uptime }
    package var uptime: Duration { time.withLockedValue(\.self) }

    package func advance(_ duration: Duration) { time.withLockedValue { $0 += duration } }

    package func sleep(_ duration: Duration) async throws {
        while true { try await Task.sleep(for: .seconds(3600)) }
    }
}
