import BotCore
import BotStore
import NIOConcurrencyHelpers
import TestSupport

/// The real store with a hand on it: it tells of every commit, can be slow before or after one, can fail, and can be cut
/// off as by a crash, after which nothing reaches the file any more.
final class WatchedStore: BotStore {
    private struct State {
        var beforeNext: Gate?
        var afterNext: Gate?
        var beforeNextRead: Gate?
        var failures: [StoreError] = []
        var unsuccessfulLooks = 0
        var isCutOff = false
        var isLost = false
        var isFull = false
        var writes = 0
    }

    private let inner: SQLiteStore
    private let happenings: EventWaiter<Int>
    private let state = NIOLockedValueBox(State())

    init(_ inner: SQLiteStore, happenings: EventWaiter<Int>) {
        self.inner = inner
        self.happenings = happenings
    }

    /// Holds the next write before it begins.
    func holdNextWrite() -> Gate {
        let gate = Gate()
        state.withLockedValue { $0.beforeNext = gate }
        return gate
    }

    /// Commits the next write and holds back the news of it.
    func holdNextCommit() -> Gate {
        let gate = Gate()
        state.withLockedValue { $0.afterNext = gate }
        return gate
    }

    /// Holds the next read before it begins.
    func holdNextRead() -> Gate {
        let gate = Gate()
        state.withLockedValue { $0.beforeNextRead = gate }
        return gate
    }

    func failNextWrites(_ count: Int, _ error: StoreError) {
        state.withLockedValue { $0.failures = Array(repeating: error, count: count) }
    }

    /// The failures that nobody met yet.
    var failuresLeft: Int { state.withLockedValue { $0.failures.count } }

    /// From now on it is as if the process had died: nothing is read or written for whoever still uses this object.
    func cutOff() { state.withLockedValue { $0.isCutOff = true } }

    var canStoreOutcomes: Bool { !state.withLockedValue(\.isFull) }

    /// From now on there is no room on the disk, or some again.
    func fill(_ isFull: Bool) { state.withLockedValue { $0.isFull = isFull } }

    var isOwned: Bool { inner.isOwned && !state.withLockedValue(\.isLost) }

    /// From now on another process owns the store.
    func lose() { state.withLockedValue { $0.isLost = true } }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result
    ) async throws -> Result {
        let (before, after, failure) = state.withLockedValue { state in
            defer {
                state.beforeNext = nil
                state.afterNext = nil
            }
            let failure = state.failures.isEmpty ? nil : state.failures.removeFirst()
            return (state.beforeNext, state.afterNext, failure)
        }
        defer { happenings.update { $0 += 1 } }
        if let failure { throw failure }
        await before?.pass()
        try checkLife()
        let result = try await inner.write(body)
        happenings.update { $0 += 1 }
        await after?.pass()
        try checkLife()
        return result
    }

    func read<Result: Sendable>(_ body: @escaping @Sendable (any StoreReader) throws -> Result) async throws -> Result {
        let gate = state.withLockedValue { state in
            defer { state.beforeNextRead = nil }
            return state.beforeNextRead
        }
        await gate?.pass()
        try checkLife()
        return try await inner.read(body)
    }

    /// So many times it cannot be looked through.
    func failNextLooks(_ count: Int) { state.withLockedValue { $0.unsuccessfulLooks = count } }

    var unsuccessfulLooksLeft: Int { state.withLockedValue(\.unsuccessfulLooks) }

    func check() async throws -> Bool {
        let fails = state.withLockedValue { state in
            defer { state.unsuccessfulLooks = max(0, state.unsuccessfulLooks - 1) }
            return state.unsuccessfulLooks > 0
        }
        happenings.update { $0 += 1 }
        if fails { throw StoreError(.cannotWrite, "no descriptor left, says the test") }
        return try await inner.check()
    }

    private func checkLife() throws {
        if state.withLockedValue(\.isCutOff) { throw StoreError(.closed, "cut off by the test") }
    }
}
