import BotCore
import ConfigurationTree

/// Warns of rules that together say something else than their authors probably meant.
extension ConfigurationReader {
    /// Looks at the rules of files without mistakes.
    func warnOfRules(_ rules: [PlacedRule], _ policy: Policy, _ facts: PolicyFacts, at place: Place) {
        guard log.problemCount == 0, !rules.isEmpty else { return }
        let all = rules.map { RuleReach($0, policy, facts) }
        let allows = all.filter { $0.rule.effect == .allow }
        let floors = all.filter { $0.rule.effect == .require }
        let forbids = all.filter {
            $0.rule.effect == .forbid && $0.rule.limits.isEmpty && $0.rule.values.isEmpty
        }
        warnOfOpenDoors(allows, floors)
        for reach in allows where !reach.isEmpty {
            warnIfForbidden(reach, forbids)
            warnIfCovered(reach, allows, floors)
            warnIfNeverEnough(reach, floors, policy, facts)
        }
        for floor in floors where !floor.isEmpty && !allows.contains(where: floor.meets) {
            floor.placed.log.warning(
                floor.placed.place,
                "no rule allows any of what this one adds approvals to, so it never counts; look at its `actions`, `who` and "
                    + "`clusters`"
            )
        }
        warnOfMissingRights(allows, at: place)
    }

    /// Warns where everybody may do everything at once, and other rules ask for approvals of the same.
    private func warnOfOpenDoors(_ reaches: [RuleReach], _ floors: [RuleReach]) {
        for door in reaches where door.isOpenDoor {
            let asking = reaches.filter { other in
                other.needsApprovals
                    && other.people.contains { cluster, people in
                        door.reachesChannels(of: other, on: cluster)
                            && other.rule.rights.contains { right in
                                // A floor asks for approvals by itself.
                                !floors.contains { $0.speaks(of: people, right, on: cluster) }
                            }
                    }
            }
            guard !asking.isEmpty else { continue }
            door.placed.log.warning(
                door.placed.place,
                "everyone may make every change at once by this rule, so nobody waits for the approvals of "
                    + "\(listed(asking.map(\.rule.name))); narrow `who`, `allow` or `clusters` here, or change `needs`"
            )
        }
    }

    /// Warns if rules that forbid leave nothing of what a rule allows.
    private func warnIfForbidden(_ reach: RuleReach, _ forbids: [RuleReach]) {
        guard !reach.hasUserGroups else { return }
        var concerned: Set<String> = []
        let isReached = reach.rule.rights.contains { right in
            reach.people.contains { cluster, people in
                let against = forbids.filter {
                    $0.rule.rights.contains(right) && $0.people[cluster] != nil
                        && $0.reachesChannels(of: reach, on: cluster)
                }
                concerned.formUnion(against.map(\.rule.name))
                let refused = against.reduce(into: Set<String>()) { $0.formUnion($1.people[cluster] ?? []) }
                return !people.isSubset(of: refused)
            }
        }
        guard !isReached else { return }
        reach.placed.log.warning(
            reach.placed.place,
            "everything that this rule allows is forbidden by \(listed(concerned.sorted())), and `forbid` beats "
                + "`allow`; remove this rule, or narrow those"
        )
    }

    /// Warns if another rule allows the same at once, so that nobody ever waits for the approvals of this one.
    private func warnIfCovered(_ reach: RuleReach, _ reaches: [RuleReach], _ floors: [RuleReach]) {
        guard reach.needsApprovals, !floors.contains(where: { $0.meets(reach) }),
            let other = reaches.first(where: { $0.rule.needs == .nothing && !$0.isOpenDoor && $0.covers(reach) })
        else { return }
        reach.placed.log.warning(
            reach.placed.place,
            "\(quoted(other.rule.name)) allows all of this at once, so nobody waits for the approvals of this rule; remove "
                + "this rule, or narrow that one"
        )
    }

    /// Warns if there are too few people for what a rule needs together with the rules that require more.
    private func warnIfNeverEnough(_ reach: RuleReach, _ floors: [RuleReach], _ policy: Policy, _ facts: PolicyFacts) {
        for (cluster, people) in reach.people.sorted(by: { $0.key < $1.key }) {
            for right in reach.rule.rights.intersection(PolicyFacts.actions).sorted() {
                let under = floors.filter {
                    $0.rule.rights.contains(right) && !people.isDisjoint(with: $0.people[cluster] ?? [])
                }
                let target = facts.clusters.list.first { $0.id == cluster }
                let own = reach.rules[cluster]?.needs ?? policy.usualNeeds(right)?.filled(on: target)
                guard !under.isEmpty, let own else { continue }
                let raised = under.reduce(own) { needs, floor in
                    guard case .approvals(let more)? = floor.rules[cluster]?.needs else { return needs }
                    return needs.raised(by: more)
                }
                guard case .approvals(let needs) = raised,
                    needs.entries.allSatisfy({ facts.groups.userGroups[$0.from] == nil })
                else { continue }
                let members = { (group: String) in facts.approvers(in: group) }
                let everybody = needs.entries.reduce(into: Set<String>()) { $0.formUnion(members($1.from)) }
                guard needs.missing(after: everybody, members: members) > 0 else { continue }
                reach.placed.log.warning(
                    reach.placed.place,
                    "together with \(listed(under.map(\.rule.name))), \(quoted(right)) needs \(needs.sentence) here, and "
                        + "these groups hold too few different people for it; add people to them"
                )
                return
            }
        }
    }

    /// Warns of the rights without which something would wait for ever, if nobody has them.
    private func warnOfMissingRights(_ reaches: [RuleReach], at place: Place) {
        let given = reaches.filter { !$0.isEmpty }.reduce(into: Set<String>()) { $0.formUnion($1.rule.rights) }
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
