/// The hold of a store, during which nothing may be sent: its file is older than it once was, so it was restored from a
/// backup. Changes that it holds as open may have been carried out long ago.
package struct StoreHold: Hashable, Sendable {
    /// The end of the history as the marker beside the store remembers it, or as a history channel does.
    package let remembered: HistoryHead
    /// The end of the history in the restored file.
    package let found: HistoryHead
    package let noticedAt: Timestamp
    /// What a history channel knows and the store does not; nil where none was found.
    package let fork: HistoryFork?

    package init(remembered: HistoryHead, found: HistoryHead, noticedAt: Timestamp, fork: HistoryFork? = nil) {
        self.remembered = remembered
        self.found = found
        self.noticedAt = noticedAt
        self.fork = fork
    }

    /// The head that a release accepts: what the channel knows, else what the marker remembers.
    package var accepted: HistoryHead { fork?.head ?? remembered }
}
