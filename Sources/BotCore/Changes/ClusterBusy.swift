/// A cluster that is on its way to another status, for which a change that was agreed to waits.
package struct ClusterBusy: Hashable, Sendable {
    /// As the API spells it.
    package let status: String
    /// When it was first seen so.
    package let since: Timestamp

    package init(status: String, since: Timestamp) {
        self.status = status
        self.since = since
    }
}
