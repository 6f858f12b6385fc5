import BotCore
import Logging
import NIOConcurrencyHelpers

/// A log for warnings that somebody outside can cause as often as they like: one in a while for each reason. A line that
/// stands for several says `suppressed: N`, and no count is lost: it stands on the next line of its reason.
final class SparseLog: Sendable {
    private struct Line {
        var last: Duration
        var suppressed = 0
    }

    private let logger: Logger
    private let clock: any BotClock
    private let pause: Duration
    private let lines = NIOLockedValueBox<[String: Line]>([:])

    /// - Parameter pause: from one line of a reason to the next.
    init(logger: Logger, clock: any BotClock, pause: Duration) {
        self.logger = logger
        self.clock = clock
        self.pause = pause
    }

    /// - Parameter reason: one of a fixed, small number: each is remembered.
    func warning(_ message: Logger.Message, reason: String, _ facts: @autoclosure () -> Logger.Metadata) {
        let now = clock.uptime
        let suppressed = lines.withLockedValue { lines -> Int? in
            if let line = lines[reason], now - line.last < pause {
                lines[reason]?.suppressed += 1
                return nil
            }
            return lines.updateValue(Line(last: now), forKey: reason)?.suppressed ?? 0
        }
        guard let suppressed else { return }
        var facts = facts()
        if suppressed > 0 { facts["suppressed"] = .stringConvertible(suppressed) }
        logger.warning(message, metadata: facts)
    }
}
