import NIOConcurrencyHelpers

/// A value that threads and tasks change and that tests wait on, with a time limit that names what did not happen.
/// Instead of sleeping and hoping.
package final class EventWaiter<State: Sendable>: Sendable {
    /// What was waited for in vain.
    package struct TimedOut: Error, CustomStringConvertible {
        package let description: String
    }

    private struct Watched {
        var state: State
        var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
        var lastWatcher = 0
    }

    private let watched: NIOLockedValueBox<Watched>

    package init(_ state: State) {
        watched = NIOLockedValueBox(Watched(state: state))
    }

    /// The value now.
    package var state: State { watched.withLockedValue { $0.state } }

    /// Changes the value and lets everyone who waits look again.
    @discardableResult
    package func update<Result>(_ change: (inout State) -> Result) -> Result {
        let (result, watchers) = watched.withLockedValue { watched in
            (change(&watched.state), Array(watched.watchers.values))
        }
        for watcher in watchers { watcher.yield() }
        return result
    }

    /// Returns as soon as the condition holds. `what` completes the sentence "timed out waiting for …".
    package func wait(
        for what: String,
        within limit: Duration = .patience,
        until isMet: (State) -> Bool
    ) async throws {
        let (changes, watcher) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = watched.withLockedValue { watched in
            watched.lastWatcher += 1
            watched.watchers[watched.lastWatcher] = watcher
            return watched.lastWatcher
        }
        let timer = Task {
            try await Task.sleep(for: limit)
            watcher.finish()
        }
        defer {
            timer.cancel()
            watched.withLockedValue { $0.watchers[id] = nil }
        }
        if isMet(state) { return }
        for await _ in changes where isMet(state) { return }
        try Task.checkCancellation()
        throw TimedOut(description: "timed out after \(limit) waiting for \(what); last seen: \(state)")
    }
}
