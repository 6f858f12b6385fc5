import BotCore
import Foundation

/// Writes lines that are no results to standard error.
enum StandardError {
    static func write(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((TerminalText.lines(line) + "\n").utf8))
    }
}
