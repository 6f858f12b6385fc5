import BotCore
import Foundation
import NIOConcurrencyHelpers
import Sandbox

/// The demo's time: this machine's, and as much later as a visitor has moved it. The bot and both simulators go by it.
final class DemoClock: BotClock {
    private let machine = SystemClock()
    private let ahead = NIOLockedValueBox(Duration.zero)
    private let moves = ChangeSignal()

    var now: Timestamp { machine.now + moved }
    var uptime: Duration { machine.uptime + moved }
    /// The same moment as the simulators have it.
    var date: Date { Date(timeIntervalSince1970: Double(now.milliseconds) / 1000) }

    private var moved: Duration { ahead.withLockedValue { $0 } }

    /// Lets time pass at once. Whoever sleeps until then wakes up.
    func move(by span: Duration) {
        ahead.withLockedValue { $0 += span }
        moves.notify()
    }

    func sleep(_ duration: Duration) async throws {
        let until = uptime + duration
        while uptime < until {
            let seen = moved
            do {
                try await moves.wait(until - uptime, for: "another time") { self.moved != seen }
            } catch is WaitTimedOut {
                // Nobody moved the time: it has passed by itself.
            }
        }
    }
}
