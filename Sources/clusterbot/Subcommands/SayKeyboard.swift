import Foundation
import Glibc

/// Reads what is typed at the terminal.
enum SayKeyboard {
    /// Reads one line on a thread of its own, which ends with the process. What was typed at a terminal before the question
    /// is no answer to it.
    /// - Parameter then: gets the line; nil at the end of the input.
    static func readLine(_ then: @escaping @Sendable (String?) async -> Void) {
        if isatty(STDIN_FILENO) == 1 { tcflush(STDIN_FILENO, TCIFLUSH) }
        Thread.detachNewThread {
            let line = Swift.readLine()?.trimmingCharacters(in: .whitespaces)
            Task { await then(line) }
        }
    }
}
