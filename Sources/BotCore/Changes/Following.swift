/// A cluster that is looked at after a restart or new nodes, until it runs again. A cluster is followed for one change at a
/// time.
package struct Following: Hashable, Sendable {
    /// The cluster's id.
    package let cluster: Int
    package let change: Int
    package let since: Timestamp
    /// The last status that was read while it was on its way; nil if it was not seen so.
    package var busyStatus: String?

    /// The time for which it is looked at.
    package static let longest = Duration.seconds(1800)
    /// The time between two looks.
    package static let every = Duration.seconds(30)

    package init(cluster: Int, change: Int, since: Timestamp, busyStatus: String? = nil) {
        self.cluster = cluster
        self.change = change
        self.since = since
        self.busyStatus = busyStatus
    }

    package var until: Timestamp { since + Self.longest }
}
