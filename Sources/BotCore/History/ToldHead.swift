/// The end of a store's history as a post in the history channel carries it, beside its text: there nobody can write it who
/// only has words.
package struct ToldHead: Hashable, Sendable {
    /// The ``StoreIdentity/id`` of the store that told it.
    package let store: String
    /// The newest entry when it was posted.
    package let head: HistoryHead

    package init(store: String, head: HistoryHead) {
        self.store = store
        self.head = head
    }
}
