import BotCore
import Logging
import NIOConcurrencyHelpers

/// The difference between our clock and a platform's, by the times that the platform signs; ``ClockComparison`` is told.
///
/// A request takes its time on the way, so that each alone shows our clock a little ahead; the smallest difference of the last
/// minutes is the nearest to the truth. A clock that is more than five minutes off makes every webhook worthless, and nobody
/// would see why.
final class ClockSkew: Sendable {
    /// The time for which a difference counts.
    private static let window = Duration.seconds(300)
    private static let pauseBetweenLines = Duration.seconds(600)

    private struct State {
        var begin: Duration?
        var smallest = Duration.zero
        /// The smallest difference of the window before, which counts as long as this one is young.
        var before: Duration?
    }

    private let clock: any BotClock
    private let platform: String
    private let comparison: ClockComparison
    private let state = NIOLockedValueBox(State())

    /// - Parameter platform: whose clock it is, for the log.
    init(platform: String, clock: any BotClock, logger: Logger) {
        self.platform = platform
        self.clock = clock
        comparison = ClockComparison(clock: clock, warnEvery: Self.pauseBetweenLines) { platform, seconds in
            logger.warning(
                "this machine's clock is wrong, or the platform's requests are slow to come: beyond 300 s every one is refused",
                metadata: ["platform": "\(platform)", "seconds": .stringConvertible(seconds)]
            )
        }
    }

    /// A request that was signed with our secret, whether or not it is recent enough to count.
    /// - Parameter difference: our time minus the signed one.
    func saw(_ difference: Duration) {
        let now = clock.uptime
        let skew = state.withLockedValue { state in
            if let begin = state.begin, now - begin < Self.window {
                state.smallest = Self.smaller(state.smallest, difference)
            } else {
                state.before = state.begin.flatMap { now - $0 < Self.window * 2 ? state.smallest : nil }
                state.begin = now
                state.smallest = difference
            }
            return state.before.map { Self.smaller($0, state.smallest) } ?? state.smallest
        }
        comparison.differs(by: skew, from: platform)
    }

    private static func smaller(_ one: Duration, _ other: Duration) -> Duration {
        magnitude(one) <= magnitude(other) ? one : other
    }

    private static func magnitude(_ time: Duration) -> Duration { time < .zero ? .zero - time : time }
}
