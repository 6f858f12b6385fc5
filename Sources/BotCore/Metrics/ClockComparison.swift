import NIOConcurrencyHelpers

/// A comparison of the host's clock with the time that peers tell (those whose requests are signed with it, and the cluster
/// API's replies). It keeps ``Metric/clockSkew`` and warns: with a wrong clock every webhook is refused, and nobody would see
/// why.
package final class ClockComparison: Sendable {
    /// The difference above which somebody must set the clock; below it are slow replies and whole seconds.
    package static let tolerated = Duration.seconds(60)
    private let clock: any BotClock
    private let warnEvery: Duration
    private let warn: @Sendable (_ peer: String, _ seconds: Int) -> Void
    private let nextWarning = NIOLockedValueBox<Duration?>(nil)

    /// - Parameters:
    ///   - warnEvery: the least time from one warning to the next.
    ///   - warn: told which peer's time differs and by how many seconds; positive if the host's clock is ahead.
    package init(
        clock: any BotClock,
        warnEvery: Duration = .seconds(3600),
        warn: @escaping @Sendable (_ peer: String, _ seconds: Int) -> Void
    ) {
        self.clock = clock
        self.warnEvery = warnEvery
        self.warn = warn
    }

    /// A peer that can be trusted with it says that this is the time now.
    package func compare(with theirs: Timestamp, of peer: String) { differs(by: clock.now - theirs, from: peer) }

    /// The host's clock is ahead of a peer's by this; behind it if the span is negative.
    package func differs(by skew: Duration, from peer: String) {
        Metric.clockSkew.set(skew.inSeconds)
        guard max(skew, .zero - skew) > Self.tolerated else { return }
        let uptime = clock.uptime
        let isDue = nextWarning.withLockedValue { next in
            if let next, uptime < next { return false }
            next = uptime + warnEvery
            return true
        }
        if isDue { warn(peer, Int(skew.inSeconds)) }
    }
}
