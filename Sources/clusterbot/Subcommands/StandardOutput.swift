import BotCore
import Foundation

/// Writes results that must be seen at once, also through a pipe, because the command goes on.
enum StandardOutput {
    static func write(_ line: String) {
        FileHandle.standardOutput.write(Data((TerminalText.lines(line) + "\n").utf8))
    }
}
