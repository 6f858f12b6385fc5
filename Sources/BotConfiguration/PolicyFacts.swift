import BotCore
import ConfigurationTree

/// What the rules are checked against: everything that they may speak of.
struct PolicyFacts {
    let clusters: ClustersSection
    let people: PeopleSection
    let groups: GroupsSection
    let channels: ChannelsSection
    let ipTypes: [String]
    /// The workspaces of each platform that is configured and could be read.
    let workspaces: [String: Set<String>]

    /// The people that a subject of a rule stands for.
    func members(of subject: Rule.Subject) -> Set<String> {
        switch subject {
        case .everyone: people.names
        case .group(let name): groups.members[name] ?? []
        case .person(let name): [name]
        }
    }

    static let actions = ActionCatalogue.all.map(\.name)
    /// Rights that a rule may name besides the actions. `changes` is short for all actions.
    static let otherRights = ["changes", Right.resolve, Right.release, Right.read]
    /// Rights that will come.
    static let laterRights: Set<String> = [
        "again", "approve", "emergency", "freeze", "lock", "open", "review", "schedule", "undo", "unfreeze", "unlock",
    ]
}
