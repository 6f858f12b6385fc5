import FoundationEssentials

/// The clocks that the bot is given. The simulation gives it others than the system's.
package protocol BotClock: Sendable {
    /// The wall clock: for times that are stored or compared with those of others.
    var now: Timestamp { get }
    /// The time since an arbitrary start, which only goes forward: for measuring and for deadlines within this process.
    var uptime: Duration { get }
    /// Waits. Throws `CancellationError` when the task is cancelled.
    func sleep(_ duration: Duration) async throws
}
