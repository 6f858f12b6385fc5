import BotCore
import ConfigurationTree

/// Warns of rules that together say something else than their authors probably meant.
extension ConfigurationReader {
    /// The people and clusters of an allow rule, and whether what it allows waits for approvals.
    private struct Reach {
        let rule: Rule
        let place: Place
        let people: Set<String>
        /// Whether it is also about people whom only a chat platform knows.
        let hasUserGroups: Bool
        let clusters: Set<Int>
        let needsApprovals: Bool

        /// Whether everything of another rule is also in this one, whatever is asked for.
        func covers(_ other: Reach) -> Bool {
            rule.limits.isEmpty && rule.values.isEmpty && rule.rights.isSuperset(of: other.rule.rights)
                && people.isSuperset(of: other.people) && clusters.isSuperset(of: other.clusters)
                && rule.reachesChannels(of: other.rule)
                && (!other.hasUserGroups || rule.who.contains(.everyone) || rule.who.isSuperset(of: other.rule.who))
        }
    }

    /// Looks at the rules of a file without mistakes.
    /// - Parameter destructive: the actions that wait for approvals where a rule says nothing.
    func warnOfRules(_ rules: [PlacedRule], destructive: Set<String>, _ facts: PolicyFacts, at place: Place) {
        guard log.problemCount == 0, !rules.isEmpty else { return }
        let reaches = rules.filter { $0.rule.effect == .allow }.map { placed in
            let rule = placed.rule
            let byDefault = rule.needs == nil && !rule.rights.isDisjoint(with: destructive)
            var needsApprovals = byDefault
            if case .approvals? = rule.needs { needsApprovals = true }
            return Reach(
                rule: rule,
                place: placed.place,
                people: rule.who.reduce(into: []) { $0.formUnion(facts.members(of: $1)) },
                hasUserGroups: rule.who.contains { facts.hasUserGroups($0) },
                clusters: Set(facts.clusters.list.filter { rule.clusters?.matches($0) ?? true }.map(\.id)),
                needsApprovals: needsApprovals
            )
        }
        warnOfOpenDoors(reaches)
        let forbids = rules.map(\.rule).filter { $0.effect == .forbid && $0.limits.isEmpty && $0.values.isEmpty }
        for reach in reaches where !reach.people.isEmpty && !reach.clusters.isEmpty {
            warnIfForbidden(reach, forbids, facts)
            warnIfCovered(reach, reaches)
        }
        warnOfMissingRights(reaches, at: place)
    }

    /// Warns where everybody may do everything at once, and other rules ask for approvals of the same.
    private func warnOfOpenDoors(_ reaches: [Reach]) {
        for door in reaches where Self.isOpenDoor(door) {
            let asking = reaches.filter { other in
                other.needsApprovals && !other.clusters.isDisjoint(with: door.clusters)
                    && door.rule.reachesChannels(of: other.rule)
            }
            guard !asking.isEmpty else { continue }
            log.warning(
                door.place,
                "everyone may make every change at once by this rule, so nobody waits for the approvals of "
                    + "\(listed(asking.map(\.rule.name))); narrow `who`, `allow` or `clusters` here, or change `needs`"
            )
        }
    }

    private static func isOpenDoor(_ reach: Reach) -> Bool {
        reach.rule.who.contains(.everyone) && reach.rule.needs == .nothing
            && reach.rule.rights.isSuperset(of: PolicyFacts.actions)
    }

    /// Warns if rules that forbid leave nothing of what a rule allows.
    private func warnIfForbidden(_ reach: Reach, _ forbids: [Rule], _ facts: PolicyFacts) {
        let concerned = forbids.filter {
            $0.reachesChannels(of: reach.rule) && !$0.rights.isDisjoint(with: reach.rule.rights)
        }
        guard !concerned.isEmpty, !reach.hasUserGroups else { return }
        let clusters = facts.clusters.list.filter { reach.clusters.contains($0.id) }
        let isReached = reach.rule.rights.contains { right in
            clusters.contains { cluster in
                let refused = concerned.filter { $0.rights.contains(right) && $0.clusters?.matches(cluster) ?? true }
                    .flatMap(\.who).reduce(into: Set<String>()) { $0.formUnion(facts.members(of: $1)) }
                return !reach.people.isSubset(of: refused)
            }
        }
        guard !isReached else { return }
        log.warning(
            reach.place,
            "everything that this rule allows is forbidden by \(listed(concerned.map(\.name))), and `forbid` beats "
                + "`allow`; remove this rule, or narrow those"
        )
    }

    /// Warns if another rule allows the same at once, so that nobody ever waits for the approvals of this one.
    private func warnIfCovered(_ reach: Reach, _ reaches: [Reach]) {
        guard reach.needsApprovals,
            let other = reaches.first(where: {
                $0.rule.needs == .nothing && !Self.isOpenDoor($0) && $0.covers(reach)
            })
        else { return }
        log.warning(
            reach.place,
            "\(quoted(other.rule.name)) allows all of this at once, so nobody waits for the approvals of this rule; remove "
                + "this rule, or narrow that one"
        )
    }

    /// Warns of the rights without which something would wait for ever, if nobody has them.
    private func warnOfMissingRights(_ reaches: [Reach], at place: Place) {
        let given = reaches.filter { !$0.people.isEmpty || $0.hasUserGroups }.reduce(into: Set<String>()) {
            $0.formUnion($1.rule.rights)
        }
        guard !given.isDisjoint(with: PolicyFacts.actions) else { return }
        let missing = [Right.resolve, Right.release].filter { !given.contains($0) }
        guard !missing.isEmpty else { return }
        let waiting = [
            Right.resolve: "an outcome that reading the cluster cannot settle",
            Right.release: "a store that was restored from a backup",
        ]
        log.warning(
            place,
            "nobody has the right \(missing.map(quoted).joined(separator: " or ")), so "
                + "\(missing.compactMap { waiting[$0] }.joined(separator: " or ")) waits for ever; add for example "
                + "`{name: leads look after things, allow: [\(missing.joined(separator: ", "))], who: [leads]}`"
        )
    }
}

extension Rule {
    /// Whether it applies wherever another rule does.
    fileprivate func reachesChannels(of other: Rule) -> Bool {
        guard let channels else { return true }
        return other.channels.map { channels.isSuperset(of: $0) } ?? false
    }
}
