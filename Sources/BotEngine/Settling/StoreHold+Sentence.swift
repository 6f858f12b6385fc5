import BotCore

extension StoreHold {
    /// The sentence that says why nothing is sent, and what to do.
    package var sentence: String {
        "clusterbot's store is older than it once was (it ends at \(found.short), but \(remembered.short) was recorded): "
            + "it was restored from a backup or replaced. Nothing is sent until somebody has compared the history channel "
            + "and the clusters with `clusterbot changes list` and lets it go on with `clusterbot release --reason …`."
    }
}
