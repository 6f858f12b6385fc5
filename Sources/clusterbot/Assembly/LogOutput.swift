import Foundation
import Glibc
import NIOConcurrencyHelpers

/// Writes log lines to standard error on a thread of its own, in the order in which they come, so that logging never
/// waits for the reader of the log. The store's writing thread logs, and everything waits for that thread.
final class LogOutput: Sendable {
    static let standardError = LogOutput(descriptor: STDERR_FILENO)

    /// The most lines that wait for a reader that stands still. More are dropped, and their number is logged as soon as
    /// it goes on.
    private static let most = 10_000
    /// The longest wait for the last lines at the end of the process.
    private static let flushWithin = DispatchTimeInterval.seconds(2)

    private struct State {
        var lines: [String] = []
        var lost = 0
        /// The semaphores that are signalled when all lines before were written.
        var flushes: [DispatchSemaphore] = []
    }

    private let state = NIOLockedValueBox(State())
    private let work = DispatchSemaphore(value: 0)

    init(descriptor: Int32) {
        let (state, work) = (state, work)
        let thread = Thread {
            while true {
                work.wait()
                let taken = state.withLockedValue { state in
                    defer { state = State() }
                    return state
                }
                var text = taken.lines.map { $0 + "\n" }.joined()
                if taken.lost > 0 {
                    text += #"{"level":"error","message":"log lines were lost","suppressed":\#(taken.lost)}"# + "\n"
                }
                Self.write(Array(text.utf8), to: descriptor)
                for flush in taken.flushes { flush.signal() }
            }
        }
        thread.name = "log"
        thread.start()
    }

    func write(_ line: String) {
        state.withLockedValue { state in
            if state.lines.count < Self.most { state.lines.append(line) } else { state.lost += 1 }
        }
        work.signal()
    }

    /// Waits until everything that was logged before is written, for a limited time.
    func flush() {
        let done = DispatchSemaphore(value: 0)
        state.withLockedValue { $0.flushes.append(done) }
        work.signal()
        _ = done.wait(timeout: .now() + Self.flushWithin)
    }

    /// Writes bytes. If that fails, they are dropped: a log that cannot be written is no reason to stop.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }
}
