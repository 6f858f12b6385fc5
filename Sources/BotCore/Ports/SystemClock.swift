import FoundationEssentials

/// The machine's own clocks.
package struct SystemClock: BotClock {
    private let start = ContinuousClock.now

    package init() {}

    package var now: Timestamp {
        Timestamp(milliseconds: Int((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    package var uptime: Duration { ContinuousClock.now - start }

    package func sleep(_ duration: Duration) async throws { try await Task.sleep(for: duration) }
}
