import BotCore

/// Compares what a history channel tells with the store.
package struct ChannelComparison: Sendable {
    /// What does not fit; nil if everything does.
    package let fork: HistoryFork?
    /// The newest head that fits; nil if none was read.
    package let newest: HistoryHead?

    /// Compares all that was read back, not only the newest: a post from a store that was put back fits that store, and would
    /// hide the others. What came before a head that somebody accepted is accepted with it.
    /// - Parameter reader: the store as it is after the channel was read, so that it knows everything that it told.
    package init(_ readBack: ReadBack, of channel: Channel, with reader: any StoreReader) throws {
        let name = try reader.identity().id
        var (fork, newest): (HistoryHead?, HistoryHead?)
        // Another store in the channel is another service's; a copy that is held sends nothing.
        for told in readBack.heads where told.store == name && !told.isHeld {
            if try reader.has(told.head) {
                newest = told.head
            } else {
                fork = try reader.isReleased(told.head) ? nil : told.head
            }
        }
        self.fork = fork.map { HistoryFork(channel: channel, head: $0) }
        self.newest = newest
    }
}
