/// Why nothing may be sent: the store's file is older than what was once in it, so it was restored from a backup. What it
/// holds as open may long have been done.
package struct StoreHold: Hashable, Sendable {
    /// The end of the history as the marker beside the store remembers it.
    package let remembered: HistoryHead
    /// The end of the history as the restored file had it.
    package let found: HistoryHead
    package let noticedAt: Timestamp

    package init(remembered: HistoryHead, found: HistoryHead, noticedAt: Timestamp) {
        self.remembered = remembered
        self.found = found
        self.noticedAt = noticedAt
    }
}
