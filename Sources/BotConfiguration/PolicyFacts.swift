import BotCore
import ConfigurationTree

/// Everything that rules may name, for checking them.
struct PolicyFacts {
    let clusters: ClustersSection
    let people: PeopleSection
    let groups: GroupsSection
    let channels: ChannelsSection
    let ipTypes: [String]
    /// The workspaces of each platform with channels: none for one that is not configured. A platform whose section has a
    /// mistake is not there, so that nothing follows from it.
    let workspaces: [String: Set<String>]
    /// The people who cannot approve, because they have no account by which approvals count.
    var mute: Set<String> = []

    /// Returns the people for whom a subject of a rule stands on a cluster.
    func members(of subject: Rule.Subject, on cluster: Cluster?) -> Set<String> {
        switch subject {
        case .everyone: people.names
        case .group(let name): groups.members[LabelTemplate.name(name, on: cluster)] ?? []
        case .person(let name): [name]
        }
    }

    /// Returns the people in a group who can approve.
    func approvers(in group: String) -> Set<String> { (groups.members[group] ?? []).subtracting(mute) }

    /// Returns how many different people of a group can approve at most, as far as the configuration alone tells; nil where
    /// user groups let in anybody.
    func mostApprovers(in group: String) -> Set<String>? {
        guard let userGroups = groups.userGroups[group] else { return approvers(in: group) }
        if groups.unlistedApprove { return nil }
        let able = people.byAccount.filter { account, _ in userGroups.contains { $0.mayHold(account) } }.values
        return approvers(in: group).union(Set(able).subtracting(mute))
    }

    /// Whether a subject of a rule may stand for people whom only a platform knows.
    func hasUserGroups(_ subject: Rule.Subject) -> Bool {
        if case .group(let name) = subject { groups.userGroups[name] != nil } else { false }
    }

    static let actions = ActionCatalogue.all.map(\.name)
    /// The rights that a rule may name besides the actions. `changes` is short for all actions.
    static let otherRights = ["changes", Right.resolve, Right.release, Right.read, Right.lock, Right.freeze]
    /// The rights of later versions.
    static let laterRights: Set<String> = [
        "again", "approve", "emergency", "open", "review", "schedule", "undo",
    ]
}
