import CCurl
import NIOConcurrencyHelpers

/// Carries commands from any task to the transport's thread, and owns the way to wake it.
final class Inbox: Sendable {
    enum Command: Sendable {
        case start(Call)
        /// Ends a call; an unknown id is that of a call that has already finished.
        case cancel(UInt64)
    }

    /// The items that the thread takes out at one look.
    struct Batch {
        var commands: [Command]
        var isStopping: Bool
    }

    private struct State {
        var commands: [Command] = []
        var lastID: UInt64 = 0
        var callsInFlight = 0
        var isStopping = false
        var hasExited = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// Made before the thread starts and freed by it at its end. Only the thread uses it, except that others may wake
    /// it, and do so under `state`'s lock while `hasExited` is false.
    nonisolated(unsafe) let multi: UnsafeMutableRawPointer
    private let state = NIOLockedValueBox(State())

    init(multi: UnsafeMutableRawPointer) {
        self.multi = multi
    }

    // MARK: From any task

    func nextID() -> UInt64 {
        state.withLockedValue { state in
            state.lastID += 1
            return state.lastID
        }
    }

    /// Takes a call; false after shutdown began: the call was not taken.
    func start(_ call: Call) -> Bool {
        state.withLockedValue { state in
            guard !state.isStopping else { return false }
            state.callsInFlight += 1
            state.commands.append(.start(call))
            curl_multi_wakeup(multi)
            return true
        }
    }

    func cancel(_ id: UInt64) {
        state.withLockedValue { state in
            guard !state.hasExited else { return }
            state.commands.append(.cancel(id))
            curl_multi_wakeup(multi)
        }
    }

    /// Lets the thread end. `waiter` is resumed when it has left libcurl for good, at once if it has already.
    func stop(_ waiter: CheckedContinuation<Void, Never>? = nil) {
        let hasExited = state.withLockedValue { state in
            state.isStopping = true
            if state.hasExited { return true }
            if let waiter { state.waiters.append(waiter) }
            curl_multi_wakeup(multi)
            return false
        }
        if hasExited { waiter?.resume() }
    }

    var callsInFlight: Int { state.withLockedValue { $0.callsInFlight } }

    // MARK: From the thread

    func take() -> Batch {
        state.withLockedValue { state in
            defer { state.commands = [] }
            return Batch(commands: state.commands, isStopping: state.isStopping)
        }
    }

    /// Counts a call as finished. Called before its continuation is resumed.
    func callFinished() {
        state.withLockedValue { $0.callsInFlight -= 1 }
    }

    /// Frees the multi handle and lets go of everyone who waits for the end.
    func exit() {
        let waiters = state.withLockedValue { state in
            state.hasExited = true
            defer { state.waiters = [] }
            return state.waiters
        }
        curl_multi_cleanup(multi)
        for waiter in waiters { waiter.resume() }
    }
}
