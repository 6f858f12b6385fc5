import BotCore
import Foundation

/// Writes results that must be seen at once, also through a pipe, because the command goes on.
enum StandardOutput {
    /// Writes a line. Where nobody reads any more, as behind `| head`, it is lost.
    static func write(_ line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((TerminalText.lines(line) + "\n").utf8))
    }
}
