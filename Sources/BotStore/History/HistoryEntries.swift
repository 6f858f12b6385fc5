import BotCore

/// The entries of the history from a number on, ascending, read in pages. For exports.
package struct HistoryEntries: AsyncSequence, Sendable {
    private let store: any BotStore
    private let first: Int
    private let pause: Duration?

    /// - Parameter pause: the time after which the end is looked at again for new entries; nil: the end is the end.
    package init(of store: any BotStore, from first: Int = 1, waiting pause: Duration? = nil) {
        self.store = store
        self.first = first
        self.pause = pause
    }

    package func makeAsyncIterator() -> Iterator { Iterator(store: store, next: first, pause: pause) }

    package struct Iterator: AsyncIteratorProtocol {
        private static let pageSize = 500

        private let store: any BotStore
        private var seq: Int
        private let pause: Duration?
        private var page: ArraySlice<ChainedEntry> = []

        fileprivate init(store: any BotStore, next seq: Int, pause: Duration?) {
            self.store = store
            self.seq = seq
            self.pause = pause
        }

        /// Returns the next entry, for which it may wait; nil at the end. Throws what reading throws.
        package mutating func next() async throws -> ChainedEntry? {
            if page.isEmpty {
                let from = seq
                page = try await store.read { try $0.history(from: from, limit: Self.pageSize) }[...]
                while page.isEmpty, let pause {
                    try await Task.sleep(for: pause)
                    page = try await store.read { try $0.history(from: from, limit: Self.pageSize) }[...]
                }
            }
            guard let entry = page.popFirst() else { return nil }
            seq = entry.seq + 1
            return entry
        }
    }
}
