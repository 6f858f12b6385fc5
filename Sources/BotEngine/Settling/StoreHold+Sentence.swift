import BotCore

extension StoreHold {
    /// The sentences that say why nothing is sent, and what to do.
    package var sentence: String {
        "Nothing is sent: \(why). Somebody with the right `release` compares it with the clusters and types: "
            + "`clusterbot release --reason …`"
    }

    private var why: String {
        if let fork {
            return fork.head.seq > found.seq
                ? "the history channel knows more than the store (\(found.seq) here, \(fork.head.seq) there), so the store "
                    + "was put back, or a copy of it is used elsewhere"
                : "the history channel knows another entry \(fork.head.seq) than the store, so a copy of the store was used "
                    + "elsewhere"
        }
        guard remembered != found else {
            return "the store was restored from a backup that ends at \(found.seq), and nothing says what was recorded "
                + "since"
        }
        return "the store is older than it was (\(found.seq) here, \(remembered.seq) remembered)"
    }
}
