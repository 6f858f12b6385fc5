/// A lock: while somebody holds it, nobody else's changes are sent to its cluster.
package struct ClusterLock: Hashable, Sendable {
    package let cluster: Cluster
    package let holder: Actor
    /// The holder's words.
    package let reason: String
    /// The channel in which it was taken, which hears of its end.
    package let channel: Channel
    package let since: Timestamp
    /// The first moment at which it no longer holds.
    package let until: Timestamp

    package init(
        cluster: Cluster,
        holder: Actor,
        reason: String,
        channel: Channel,
        since: Timestamp,
        until: Timestamp
    ) {
        self.cluster = cluster
        self.holder = holder
        self.reason = reason
        self.channel = channel
        self.since = since
        self.until = until
    }

    /// Returns whether it holds. Only its end is compared: a wall clock that is set back behind its begin must not open
    /// the cluster.
    package func isInForce(at now: Timestamp) -> Bool { now < until }

    /// Returns whether it keeps somebody from changing the cluster. A person who took it keeps it: whoever got one of their
    /// accounts since is somebody else.
    package func closes(for actor: Actor, _ policy: Policy) -> Bool {
        if let person = holder.person { return actor.person != person }
        return !policy.isSamePerson(holder, actor)
    }

    /// The time that a lock lasts if nobody says otherwise.
    package static let usualSpan = Duration.seconds(8 * 3600)
}
