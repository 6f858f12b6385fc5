import Foundation
import Glibc
import NIOConcurrencyHelpers

/// Reads what is typed at the terminal, for the question that was asked last.
enum SayKeyboard {
    typealias Answer = @Sendable (String?) async -> Void

    private struct State {
        var isReading = false
        var isOver = false
        var current: Answer?
    }

    private static let state = NIOLockedValueBox(State())

    /// Waits for one line. What was typed at a terminal before the question is no answer to it, and a line answers only the
    /// newest question.
    /// - Parameter then: gets the line; nil at the end of the input.
    static func readLine(_ then: @escaping Answer) {
        if isatty(STDIN_FILENO) == 1 { tcflush(STDIN_FILENO, TCIFLUSH) }
        let (isOver, begins) = state.withLockedValue { state in
            state.current = then
            defer { state.isReading = true }
            return (state.isOver, !state.isReading)
        }
        if isOver { return answer(nil) }
        // A thread of its own, which ends with the process: nobody knows when a line comes.
        if begins { Thread.detachNewThread(read) }
    }

    @Sendable private static func read() {
        while let line = Swift.readLine() { answer(line.trimmingCharacters(in: .whitespaces)) }
        state.withLockedValue { $0.isOver = true }
        answer(nil)
    }

    private static func answer(_ line: String?) {
        let asked = state.withLockedValue { state in
            defer { state.current = nil }
            return state.current
        }
        if let asked { Task { await asked(line) } }
    }
}
