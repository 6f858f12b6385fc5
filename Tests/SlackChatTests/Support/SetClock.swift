import BotCore
import NIOConcurrencyHelpers

/// A clock that stands still until it is moved.
final class SetClock: BotClock {
    private let state: NIOLockedValueBox<(now: Timestamp, uptime: Duration)>

    init(_ now: Timestamp) { state = NIOLockedValueBox((now, .seconds(1))) }

    var now: Timestamp { state.withLockedValue { $0.now } }
    var uptime: Duration { state.withLockedValue { $0.uptime } }

    func advance(_ span: Duration) {
        state.withLockedValue { $0 = ($0.now + span, $0.uptime + span) }
    }

    func sleep(_ duration: Duration) async throws { advance(duration) }
}
