/// The end of a store's history as a post in the history channel carries it, beside its text: there nobody can write it who
/// only has words.
package struct ToldHead: Hashable, Sendable {
    /// The ``StoreIdentity/id`` of the store that told it.
    package let store: String
    /// The newest entry when it was posted.
    package let head: HistoryHead
    /// Whether nothing was sent by that store then. What it tells is no reason for another to hold.
    package let isHeld: Bool

    package init(store: String, head: HistoryHead, isHeld: Bool = false) {
        self.store = store
        self.head = head
        self.isHeld = isHeld
    }
}
