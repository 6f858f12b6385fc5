/// The heads that were read back from a channel.
package struct ReadBack: Hashable, Sendable {
    /// Those of all stores, oldest first.
    package let heads: [ToldHead]
    /// The place up to which the channel was read, in the platform's words; nil where nothing stands there.
    package let place: String?

    package init(heads: [ToldHead], place: String?) {
        self.heads = heads
        self.place = place
    }
}
