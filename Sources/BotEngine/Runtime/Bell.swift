import BotCore
import NIOConcurrencyHelpers

/// Wakes one waiting worker. A ring that nobody waits for is kept until the next wait, so none is lost.
final class Bell: Sendable {
    private struct State {
        var isRung = false
        var isClosed = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = NIOLockedValueBox(State())

    func ring() { wake { $0.isRung = true } }

    /// Closes the bell: every wait from now on returns at once.
    func close() { wake { $0.isClosed = true } }

    var isClosed: Bool { state.withLockedValue(\.isClosed) }

    /// Returns at the next ring, when closed, when the task is cancelled, or after `limit` at the latest.
    func wait(atMost limit: Duration, clock: any BotClock) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await clock.sleep(limit) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLockedValue { state in
                    if state.isRung || state.isClosed || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.waiting = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            wake { _ in }
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiting = state.withLockedValue { state in
            change(&state)
            defer { state.waiting = nil }
            if state.waiting != nil { state.isRung = false }
            return state.waiting
        }
        waiting?.resume()
    }
}
