import Logging
import NIOConcurrencyHelpers

/// A logger whose lines can be looked at.
final class LogLines: Sendable {
    struct Line: Sendable {
        let level: Logger.Level
        let message: String
        let facts: [String: String]
    }

    private let seen = NIOLockedValueBox<[Line]>([])

    var all: [Line] { seen.withLockedValue(\.self) }

    var logger: Logger { logger(.info) }

    /// - Parameter level: the least that is kept.
    func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "test") { _ in Handler(lines: self) }
        logger.logLevel = level
        return logger
    }

    private struct Handler: LogHandler {
        let lines: LogLines
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let facts = (event.metadata ?? [:]).mapValues { "\($0)" }
            lines.seen.withLockedValue {
                $0.append(Line(level: event.level, message: "\(event.message)", facts: facts))
            }
        }
    }
}
