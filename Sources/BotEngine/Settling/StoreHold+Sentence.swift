import BotCore

extension StoreHold {
    /// The sentence that says why nothing is sent, and what to do.
    package var sentence: String {
        "clusterbot's store \(why). Nothing is sent until somebody has compared the history channel "
            + "and the clusters with `clusterbot changes list` and lets it go on with `clusterbot release --reason …`."
    }

    private var why: String {
        guard remembered != found else {
            return "was restored from a backup (it ends at \(found.short)), and nothing says what was recorded since"
        }
        return "is older than it once was (it ends at \(found.short), but \(remembered.short) was recorded): it was "
            + "restored from a backup or replaced"
    }
}
