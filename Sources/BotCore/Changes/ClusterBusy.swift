/// A status on the way to another one, for whose end an approved change waits.
package struct ClusterBusy: Hashable, Sendable {
    /// The status as the API spells it.
    package let status: String
    /// The moment when the change first waited.
    package let since: Timestamp

    package init(status: String, since: Timestamp) {
        self.status = status
        self.since = since
    }
}
