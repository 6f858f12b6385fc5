/// The newest post of a history channel that does not fit a store's history: the channel knows an entry that the store does
/// not have, or has otherwise. So the store was put back, or a copy of it goes on elsewhere.
package struct HistoryFork: Hashable, Sendable {
    package let channel: Channel
    /// The head that the post carries.
    package let head: HistoryHead

    package init(channel: Channel, head: HistoryHead) {
        self.channel = channel
        self.head = head
    }
}
