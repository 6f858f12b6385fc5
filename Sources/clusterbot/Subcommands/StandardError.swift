import BotCore
import Foundation

/// Where everything goes that is not a result.
enum StandardError {
    static func write(_ line: String) {
        FileHandle.standardError.write(Data((TerminalText.lines(line) + "\n").utf8))
    }
}
