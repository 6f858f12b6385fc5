import BotCore
import NIOConcurrencyHelpers

/// A clock that stands still unless it is set.
final class SetClock: BotClock {
    private let time = NIOLockedValueBox(Duration.zero)

    var now: Timestamp { Timestamp(seconds: 1_800_000_000) + uptime }
    var uptime: Duration { time.withLockedValue(\.self) }
    func sleep(_ duration: Duration) async throws {}
    func advance(_ duration: Duration) { time.withLockedValue { $0 += duration } }
}
