import FoundationEssentials

/// Time, as the bot is given it. A simulator gives another than the system's.
package protocol BotClock: Sendable {
    /// Wall-clock time: for what is stored and compared with what others say.
    var now: Timestamp { get }
    /// Time that only goes forward, from an arbitrary start: for measuring and for deadlines within this process.
    var uptime: Duration { get }
    /// Waits; throws `CancellationError` when the task is cancelled.
    func sleep(_ duration: Duration) async throws
}
