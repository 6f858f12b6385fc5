/// The value of the button that ends a lock: which cluster, and which of its locks was on the screen.
package struct LockButtonValue: Hashable, Sendable, CustomStringConvertible {
    /// The cluster's id.
    package let cluster: Int
    /// The begin of the lock.
    package let since: Timestamp

    package init(cluster: Int, since: Timestamp) {
        self.cluster = cluster
        self.since = since
    }

    /// Reads what came back; nil for anything that the bot did not make.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "lock", let cluster = Int(parts[1]), let since = Int(parts[2]) else {
            return nil
        }
        self.init(cluster: cluster, since: Timestamp(milliseconds: since))
        guard description == text else { return nil }
    }

    package var description: String { "lock.\(cluster).\(since.milliseconds)" }
}
