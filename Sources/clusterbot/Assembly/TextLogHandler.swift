import BotCore
import Logging

/// Writes lines of plain text to standard error, for people.
struct TextLogHandler: LogHandler {
    let label: String
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        LogOutput.standardError.write(
            line(event.level, "\(event.message)", event.facts, at: SystemClock().now)
        )
    }

    func line(_ level: Logger.Level, _ message: String, _ facts: Logger.Metadata, at time: Timestamp) -> String {
        let facts = metadata.merging(facts, uniquingKeysWith: { _, new in new })
            .sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.written($0.value))" }.joined()
        return TerminalText.line("\(time) \(level.rawValue) \(message)") + TerminalText.json(facts)
    }

    /// Returns a word as it is, and everything else in quotation marks, so that nothing inside looks like another fact.
    private static func written(_ value: Logger.Metadata.Value) -> String {
        let value = JSONValue(logged: value)
        let isWord = value.string?.wholeMatch(of: /[A-Za-z0-9_.:\/#@%+-]+/) != nil
        return isWord ? value.string ?? "" : value.canonical
    }
}
