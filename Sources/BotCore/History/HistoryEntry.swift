/// One step in the append-only history, before the store gives it its number and its place in the chain.
package struct HistoryEntry: Hashable, Sendable {
    /// The names are guaranteed ("Guarantees" in the handbook); more may come.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case requested, refused, planned, approved, denied, confirmed, cancelled, expired, superseded
        case sending, succeeded, failed, unknown, settled, reloaded
        /// The rules were replaced while a change waited for people: others are asked now, or an approval no longer counts.
        case reassessed
        /// The store was found to be older than it had been, or than a history channel tells; a person let sending go on after
        /// that.
        case restored, held, released
        /// Somebody took a cluster's lock; it ended.
        case locked, unlocked
        /// Nothing is sent for a time, or will be; that has ended.
        case frozen, unfrozen
        /// Whoever asked gave a further reason with a repetition of the request.
        case reasonAdded = "reason_added"
        /// A further group is asked, because those who were asked first took too long.
        case asked
        /// After a restart or new nodes it was looked whether the cluster runs again: it does, or it does not in time.
        case followed
    }

    package let at: Timestamp
    package let kind: Kind
    /// The change's number; nil where no change is concerned.
    package let change: Int?
    package let cluster: Cluster?
    package let action: String?
    package let parameters: [String: JSONValue]?
    package let actor: Actor
    package let rule: String?
    /// Digest of the policy that decided.
    package let policy: String?
    /// Further facts to be kept, by field name. No floating-point numbers.
    package let detail: [String: JSONValue]
    /// Free text that people wrote, by name. Stored apart from the chained part, which holds only salted digests of it.
    package let texts: [String: String]

    package init(
        at: Timestamp,
        kind: Kind,
        change: Int? = nil,
        cluster: Cluster? = nil,
        action: String? = nil,
        parameters: [String: JSONValue]? = nil,
        actor: Actor,
        rule: String? = nil,
        policy: String? = nil,
        detail: [String: JSONValue] = [:],
        texts: [String: String] = [:]
    ) {
        self.at = at
        self.kind = kind
        self.change = change
        self.cluster = cluster
        self.action = action
        self.parameters = parameters
        self.actor = actor
        self.rule = rule
        self.policy = policy
        self.detail = detail
        self.texts = texts
    }
}
