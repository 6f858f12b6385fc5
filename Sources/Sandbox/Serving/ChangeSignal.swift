import NIOConcurrencyHelpers

/// Lets tests wait for a condition of a simulated world: the condition is looked at once, and again after every change
/// of that world. Nothing polls.
package final class ChangeSignal: Sendable {
    private struct Listeners {
        var next = 0
        var continuations: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private let listeners = NIOLockedValueBox(Listeners())

    package init() {}

    /// Says that something changed. It may be called from anywhere and never blocks.
    package func notify() {
        let continuations = listeners.withLockedValue { Array($0.continuations.values) }
        for continuation in continuations { continuation.yield() }
    }

    /// Returns as soon as the condition holds.
    ///
    /// - Throws: ``WaitTimedOut`` naming what was awaited, or `CancellationError`.
    package func wait(
        _ timeout: Duration,
        for awaited: String,
        until condition: @escaping @Sendable () async -> Bool
    ) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                // Listening starts before the first look, so that no change falls between the two.
                let (changes, stop) = self.listen()
                defer { stop() }
                if await condition() { return true }
                for await _ in changes where await condition() { return true }
                throw CancellationError()
            }
            group.addTask {
                try await Task.sleep(for: timeout)
                return false
            }
            defer { group.cancelAll() }
            guard try await group.next() == true else { throw WaitTimedOut(awaited: awaited, timeout: timeout) }
        }
    }

    private func listen() -> (changes: AsyncStream<Void>, stop: @Sendable () -> Void) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = listeners.withLockedValue { listeners in
            listeners.next += 1
            listeners.continuations[listeners.next] = continuation
            return listeners.next
        }
        return (stream, { [listeners] in listeners.withLockedValue { $0.continuations[id] = nil } })
    }
}
