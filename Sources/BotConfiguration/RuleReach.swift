import BotCore

/// What a rule is about on each of its clusters, with the values of the clusters' labels filled in.
struct RuleReach {
    let placed: PlacedRule
    /// The rule for each cluster that it selects, by the cluster's id.
    let rules: [Int: Rule]
    /// The people of whom it speaks there.
    let people: [Int: Set<String>]
    /// Whether it is also about people whom only a chat platform knows.
    let hasUserGroups: Bool
    /// Whether what it allows waits for approvals.
    let needsApprovals: Bool

    init(_ placed: PlacedRule, _ policy: Policy, _ facts: PolicyFacts) {
        self.placed = placed
        let chosen = facts.clusters.list.filter { placed.rule.clusters?.matches($0) ?? true }
        let filled = chosen.map { ($0.id, policy.filled(placed.rule, on: $0)) }
        rules = Dictionary(filled, uniquingKeysWith: { first, _ in first })
        let members = chosen.map { cluster in
            (
                cluster.id,
                placed.rule.who.reduce(into: Set<String>()) { $0.formUnion(facts.members(of: $1, on: cluster)) }
            )
        }
        people = Dictionary(members, uniquingKeysWith: { first, _ in first })
        hasUserGroups = filled.contains { $0.1.who.contains { facts.hasUserGroups($0) } }
        let waits = policy.approvalDefault == nil ? [] : policy.destructive
        if case .approvals? = placed.rule.needs {
            needsApprovals = true
        } else {
            needsApprovals = placed.rule.needs == nil && !placed.rule.rights.isDisjoint(with: waits)
        }
    }

    var rule: Rule { placed.rule }
    /// Whether it speaks of nobody, or of no cluster.
    var isEmpty: Bool { !hasUserGroups && people.allSatisfy(\.value.isEmpty) }
    /// Whether everybody may make every change at once by it.
    var isOpenDoor: Bool {
        rule.who.contains(.everyone) && rule.needs == .nothing && rule.rights.isSuperset(of: PolicyFacts.actions)
    }

    /// Returns whether everything of another rule is also in this one, whatever is asked for.
    func covers(_ other: RuleReach) -> Bool {
        rule.limits.isEmpty && rule.values.isEmpty && rule.rights.isSuperset(of: other.rule.rights)
            && (!other.hasUserGroups || rule.who.contains(.everyone) || rule.who.isSuperset(of: other.rule.who))
            && other.people.allSatisfy { cluster, theirs in
                people[cluster]?.isSuperset(of: theirs) == true && reachesChannels(of: other, on: cluster)
            }
    }

    /// Returns whether it applies on a cluster wherever another rule does.
    func reachesChannels(of other: RuleReach, on cluster: Int) -> Bool {
        guard let mine = rules[cluster], let theirs = other.rules[cluster] else { return false }
        guard let channels = mine.channels else { return true }
        return theirs.channels.map { channels.isSuperset(of: $0) } ?? false
    }

    /// Returns whether some of what another rule is about is also in this one, wherever it is asked.
    func meets(_ other: RuleReach) -> Bool {
        !rule.rights.isDisjoint(with: other.rule.rights)
            && people.contains { cluster, mine in
                guard let theirs = other.people[cluster] else { return false }
                return hasUserGroups || other.hasUserGroups || !mine.isDisjoint(with: theirs)
            }
    }

    /// Returns whether it speaks of all these people for a right on a cluster.
    func speaks(of others: Set<String>, _ right: String, on cluster: Int) -> Bool {
        rule.rights.contains(right) && people[cluster]?.isSuperset(of: others) == true
    }
}
