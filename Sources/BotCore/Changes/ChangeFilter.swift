/// The changes that somebody asks for in the history. What is nil does not matter.
package struct ChangeFilter: Hashable, Sendable {
    package var cluster: Int?
    /// The listed person who asked.
    package var person: String?
    package var failedOnly: Bool
    /// Only changes with smaller numbers: for the next portion.
    package var before: Int?

    package init(cluster: Int? = nil, person: String? = nil, failedOnly: Bool = false, before: Int? = nil) {
        self.cluster = cluster
        self.person = person
        self.failedOnly = failedOnly
        self.before = before
    }

    /// Returns whether a change is one of them.
    package func fits(_ change: Change) -> Bool {
        (cluster ?? change.cluster.id) == change.cluster.id && (person == nil || person == change.requester.person)
            && (!failedOnly || change.state == .failed) && change.id < before ?? .max
    }
}
