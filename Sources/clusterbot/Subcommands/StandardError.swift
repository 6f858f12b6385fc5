import BotCore
import Foundation

/// Writes lines that are no results to standard error.
enum StandardError {
    static func write(_ line: String) {
        FileHandle.standardError.write(Data((TerminalText.lines(line) + "\n").utf8))
    }
}
