import BotCore
import Logging

/// Writes one JSON object a line to standard error, for machines. Numbers are written as numbers.
struct JSONLogHandler: LogHandler {
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
        var members = metadata.merging(facts, uniquingKeysWith: { _, new in new }).mapValues(JSONValue.init(logged:))
        members["at"] = .string(time.description)
        members["level"] = .string(level.rawValue)
        members["logger"] = .string(label)
        members["message"] = .string(message)
        return TerminalText.json(JSONValue.object(members).canonical)
    }
}

extension LogEvent {
    /// The facts of the line besides its message, with what the task's work is about.
    var facts: Logger.Metadata {
        let subject = LogSubject.current
        var facts: Logger.Metadata = [:]
        facts["change"] = subject.change.map { .stringConvertible($0) }
        facts["cluster"] = subject.cluster.map { .stringConvertible($0) }
        facts["request"] = subject.request.map { "\($0)" }
        facts.merge(metadata ?? [:]) { _, own in own }
        if let error { facts["error"] = "\(error)" }
        return facts
    }
}

extension JSONValue {
    /// Makes the JSON of a fact of a log line: numbers, lists and objects as such, everything else as text.
    init(logged value: Logger.Metadata.Value) {
        self =
            switch value {
            case .string(let text): .string(text)
            case .array(let values): .array(values.map(JSONValue.init(logged:)))
            case .dictionary(let members): .object(members.mapValues(JSONValue.init(logged:)))
            case .stringConvertible(let value):
                switch value {
                case let value as Bool: .bool(value)
                case let value as any BinaryInteger: .int(Int(clamping: value))
                // Milliseconds are enough, and JSON has no infinite number.
                case let value as Double where value.isFinite: .double((value * 1000).rounded() / 1000)
                default: .string(value.description)
                }
            }
    }
}
