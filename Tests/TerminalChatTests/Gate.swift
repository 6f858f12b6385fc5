import BotCore
import ChatConformance
import NIOConcurrencyHelpers

/// A clock on which everybody sleeps until it is opened.
final class Gate: BotClock {
    private let state = NIOLockedValueBox<(sleepers: Int, isOpen: Bool)>((0, false))

    var now: Timestamp { ChatConformance.now }
    /// Whoever looks after the opening finds that the time is over.
    var uptime: Duration { state.withLockedValue(\.isOpen) ? .seconds(1000) : .seconds(1) }

    /// How many have begun to sleep.
    var sleepers: Int { state.withLockedValue(\.sleepers) }

    func open() { state.withLockedValue { $0.isOpen = true } }

    func sleep(_ duration: Duration) async throws {
        state.withLockedValue { $0.sleepers += 1 }
        while !state.withLockedValue(\.isOpen) { await Task.yield() }
    }
}
