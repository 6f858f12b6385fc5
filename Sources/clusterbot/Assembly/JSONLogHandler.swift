import BotCore
import Foundation
import Logging

/// One JSON object a line on standard error, for machines.
struct JSONLogHandler: LogHandler {
    let label: String
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line: [String: JSONValue] = [
            "at": .string(SystemClock().now.description),
            "level": .string(event.level.rawValue),
            "logger": .string(label),
            "message": .string("\(event.message)"),
        ]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { _, new in new }) {
            line[key] = .string("\(value)")
        }
        StandardError.write(JSONValue.object(line).canonical)
    }
}

/// A line of plain text on standard error, for people.
struct TextLogHandler: LogHandler {
    let label: String
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:], uniquingKeysWith: { _, new in new })
            .sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let plain = "\(event.message)\(facts)".map {
            $0.isNewline || $0.unicodeScalars.contains { $0.value < 32 } ? " " : String($0)
        }
        StandardError.write("\(SystemClock().now) \(event.level.rawValue) \(plain.joined())")
    }
}
