import BotCore
import NIOConcurrencyHelpers

/// Time that passes only by being slept or advanced.
final class ManualClock: BotClock {
    private struct Time {
        var uptime = Duration.seconds(1000)
        var sleeps: [Duration] = []
    }

    private static let start = Timestamp(seconds: 1_792_567_680)  // 2026-10-21T07:28:00Z
    private let time = NIOLockedValueBox(Time())
    private let isCancelled: Bool

    /// - Parameter isCancelled: every sleep ends at once with `CancellationError`.
    init(isCancelled: Bool = false) { self.isCancelled = isCancelled }

    var now: Timestamp { Self.start + (uptime - .seconds(1000)) }
    var uptime: Duration { time.withLockedValue { $0.uptime } }
    var sleeps: [Duration] { time.withLockedValue { $0.sleeps } }

    func advance(by duration: Duration) { time.withLockedValue { $0.uptime += duration } }

    func sleep(_ duration: Duration) async throws {
        if isCancelled { throw CancellationError() }
        time.withLockedValue { time in
            time.uptime += duration
            time.sleeps.append(duration)
        }
    }
}
