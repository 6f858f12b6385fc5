/// A person's decision on a change.
package struct Approval: Hashable, Sendable {
    package enum Verdict: String, Hashable, Sendable { case approved, denied, confirmed }

    package let change: Int
    package let actor: Actor
    package let verdict: Verdict
    package let comment: String?
    /// The digest of the plan that they saw.
    package let digest: String
    package let at: Timestamp
    /// Whether it counted when the change was sent.
    package var counted = false

    package init(change: Int, actor: Actor, verdict: Verdict, comment: String?, digest: String, at: Timestamp) {
        self.change = change
        self.actor = actor
        self.verdict = verdict
        self.comment = comment
        self.digest = digest
        self.at = at
    }
}
