import BotCore
import ChatKit
import Logging
import NIOConcurrencyHelpers

/// Tells people why their click was refused, a few a second: whoever clicks without end, in a workspace that is not ours, must
/// not keep us busy. More are only counted.
final class ClickAnswers: Sendable {
    static let mostInASecond = 5

    private struct Second {
        var begin: Duration?
        var count = 0
    }

    private let door: any ChatDoor
    private let clock: any BotClock
    private let logger: Logger
    private let second = NIOLockedValueBox(Second())

    init(door: any ChatDoor, clock: any BotClock, logger: Logger) {
        self.door = door
        self.clock = clock
        self.logger = logger
    }

    /// - Parameter request: what the click is called in the log.
    func tell(_ told: WebhookAnswer.Told, _ request: String) {
        let now = clock.uptime
        let isWelcome = second.withLockedValue { second in
            if let begin = second.begin, now - begin < .seconds(1) {
                second.count += 1
            } else {
                second = Second(begin: now, count: 1)
            }
            return second.count <= Self.mostInASecond
        }
        guard isWelcome else { return }
        Task {
            do throws(ChatProblem) {
                try await door.tell(told)
            } catch {
                logger.warning("refused click not answered", metadata: ["request": "\(request)", "error": "\(error)"])
            }
        }
    }
}
