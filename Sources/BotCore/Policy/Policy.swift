/// The policy of who may do what, and who must approve: a value made from the configuration, with pure functions on it.
package struct Policy: Sendable {
    /// The person behind each account.
    package let people: [Account: String]
    /// The people whom the configuration lists in each group; groups within groups are resolved.
    package private(set) var groups: [String: Set<String>]
    package let rules: [Rule]
    /// The channels that have a name in the configuration, for rules that name them by a cluster's labels.
    package let channels: [String: Channel]
    /// The actions that need approval where their rule says nothing.
    package let destructive: Set<String>
    /// The needs of such actions then; nil: they are refused.
    package let approvalDefault: ApprovalNeeds?
    /// The people whom a refusal names for questions.
    package let contact: String?
    /// The platforms by whose accounts nobody can approve, although they can do everything else there.
    package let withoutApprovals: Set<String>
    /// The requests that need a reason.
    package let reasons: ReasonNeeds
    /// The SHA-256 of the policy's source. It is recorded with every decision.
    package let digest: String
    /// The user groups of chat platforms that count towards groups, with what is known of them.
    package internal(set) var userGroups: UserGroups
    /// The members of each group that has user groups, as far as they are known, by name.
    var joined: [String: Set<String>] = [:]
    /// The accounts in user groups that no person lists, in their written form.
    var insiders: Set<String> = []

    package init(
        people: [Account: String],
        groups: [String: Set<String>],
        rules: [Rule],
        channels: [String: Channel] = [:],
        destructive: Set<String> = ActionCatalogue.destructiveByDefault,
        approvalDefault: ApprovalNeeds? = nil,
        contact: String? = nil,
        withoutApprovals: Set<String> = [],
        reasons: ReasonNeeds = .none,
        userGroups: UserGroups = .none,
        digest: String
    ) {
        self.people = people
        self.groups = groups
        self.rules = rules
        self.channels = channels
        self.destructive = destructive
        self.approvalDefault = approvalDefault
        self.contact = contact
        self.withoutApprovals = withoutApprovals
        self.reasons = reasons
        self.digest = digest
        self.userGroups = userGroups
        if !userGroups.isEmpty { joinGroups() }
    }

    /// Returns the actor behind an account that the platform has authenticated.
    package func actor(_ account: Account, name: String) -> Actor {
        Actor(person: people[account], account: account, name: name)
    }

    /// Returns whether an approval by somebody with this account counts, if they may approve at all.
    package func countsApprovals(by actor: Actor) -> Bool {
        actor.account.map { !withoutApprovals.contains($0.platform) } ?? false
    }

    /// Returns whether a member has an account by which an approval counts.
    func canApprove(_ name: String) -> Bool {
        if let account = Account(name) { return !withoutApprovals.contains(account.platform) }
        return withoutApprovals.isEmpty
            || people.contains { $0.value == name && !withoutApprovals.contains($0.key.platform) }
    }

    /// Returns the members of a group by name, as far as they are known; none for a group that does not exist.
    package func members(of group: String) -> Set<String> { joined[group] ?? groups[group] ?? [] }

    /// Returns the policy as it would be if somebody were in these groups, too.
    /// - Parameter name: the name of a person, or an account that nobody lists in its written form.
    package func adding(_ name: String, to added: [String]) -> Policy {
        var policy = self
        for group in added { policy.groups[group, default: []].insert(name) }
        policy.joinGroups()
        if Account(name) != nil { policy.insiders.insert(name) }
        return policy
    }

    /// The end of a refusal that says whom to ask; empty if nobody is configured.
    package var contactSentence: String { contact.map { " Ask \($0) if that is wrong." } ?? "" }
}
