import BotCore

/// The entries of the history from a number on, ascending, read in pages. For exports.
package struct HistoryEntries: AsyncSequence, Sendable {
    private let store: any BotStore
    private let first: Int

    package init(of store: any BotStore, from first: Int = 1) {
        self.store = store
        self.first = first
    }

    package func makeAsyncIterator() -> Iterator { Iterator(store: store, next: first) }

    package struct Iterator: AsyncIteratorProtocol {
        private static let pageSize = 500

        private let store: any BotStore
        private var seq: Int
        private var page: ArraySlice<ChainedEntry> = []

        fileprivate init(store: any BotStore, next seq: Int) {
            self.store = store
            self.seq = seq
        }

        /// Returns the next entry; nil at the end. Throws what reading throws.
        package mutating func next() async throws -> ChainedEntry? {
            if page.isEmpty {
                let from = seq
                page = try await store.read { try $0.history(from: from, limit: Self.pageSize) }[...]
            }
            guard let entry = page.popFirst() else { return nil }
            seq = entry.seq + 1
            return entry
        }
    }
}
