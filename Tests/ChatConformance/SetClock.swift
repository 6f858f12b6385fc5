import BotCore
import NIOConcurrencyHelpers

/// A clock that stands still until it is moved.
package final class SetClock: BotClock {
    private let state: NIOLockedValueBox<(now: Timestamp, uptime: Duration)>

    package init(_ now: Timestamp) { state = NIOLockedValueBox((now, .seconds(1))) }

    package var now: Timestamp { state.withLockedValue { $0.now } }
    package var uptime: Duration { state.withLockedValue { $0.uptime } }

    package func advance(_ span: Duration) {
        state.withLockedValue { $0 = ($0.now + span, $0.uptime + span) }
    }

    package func sleep(_ duration: Duration) async throws { advance(duration) }
}
