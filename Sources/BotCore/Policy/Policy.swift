/// Who may do what, who must agree: a value made from the configuration, and pure functions on it.
package struct Policy: Sendable {
    /// The people by account.
    package let people: [Account: String]
    /// The members of each group, groups in groups already resolved.
    package let groups: [String: Set<String>]
    package let rules: [Rule]
    /// Actions that need agreement where their rule says nothing.
    package let destructive: Set<String>
    /// What such actions need then; nil: they are refused.
    package let approvalDefault: ApprovalNeeds?
    /// Whom a refusal points to.
    package let contact: String?
    /// SHA-256 of what the policy was made from; recorded with every decision.
    package let digest: String

    package init(
        people: [Account: String],
        groups: [String: Set<String>],
        rules: [Rule],
        destructive: Set<String> = ActionCatalogue.destructiveByDefault,
        approvalDefault: ApprovalNeeds? = nil,
        contact: String? = nil,
        digest: String
    ) {
        self.people = people
        self.groups = groups
        self.rules = rules
        self.destructive = destructive
        self.approvalDefault = approvalDefault
        self.contact = contact
        self.digest = digest
    }

    /// The actor behind an account that the platform has authenticated.
    package func actor(_ account: Account, name: String) -> Actor {
        Actor(person: people[account], account: account, name: name)
    }

    /// The members of a group; none for a group that does not exist.
    package func members(of group: String) -> Set<String> { groups[group] ?? [] }

    /// Whom to ask, as the end of a refusal; empty if nobody is configured.
    package var contactSentence: String { contact.map { " Ask \($0) if that is wrong." } ?? "" }
}
