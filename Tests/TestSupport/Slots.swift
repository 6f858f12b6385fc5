import NIOConcurrencyHelpers

/// Lets only so many in at once; the others wait in their order.
package final class Slots: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: NIOLockedValueBox<State>

    package init(_ count: Int) { state = NIOLockedValueBox(State(free: count)) }

    /// Runs something when there is a place for it.
    package func inside<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        await enter()
        defer { leave() }
        return try await body()
    }

    package func enter() async {
        await withCheckedContinuation { continuation in
            let mayEnter = state.withLockedValue { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if mayEnter { continuation.resume() }
        }
    }

    package func leave() {
        let next = state.withLockedValue { state in
            if state.waiting.isEmpty { state.free += 1 }
            return state.waiting.isEmpty ? nil : state.waiting.removeFirst()
        }
        next?.resume()
    }
}
