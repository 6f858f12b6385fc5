extension Policy {
    /// Returns the rules as they are for a cluster, with the values of its labels in the place of `{label}`.
    ///
    /// A template never widens a rule. Where it cannot be filled, or there is no such group or channel, a rule that allows
    /// speaks of nobody by it, and one that forbids or requires of everybody. Where no cluster is asked about, nobody is
    /// meant either way, as with a rule that selects clusters.
    func rules(on cluster: Cluster?) -> [Rule] { rules.map { filled($0, on: cluster) } }

    /// Returns a rule as it is for a cluster; see ``rules(on:)``.
    package func filled(_ rule: Rule, on cluster: Cluster?) -> Rule {
        guard rule.hasTemplates else { return rule }
        let closes = rule.effect != .allow && cluster != nil
        let who = rule.who.map { subject -> Rule.Subject in
            guard case .group(let written) = subject else { return subject }
            let name = LabelTemplate.name(written, on: cluster)
            return closes && groups[name] == nil ? .everyone : .group(name)
        }
        var places = rule.channels
        for written in rule.channelTemplates {
            let channel = channels[LabelTemplate.name(written, on: cluster)]
            if let channel {
                places = (places ?? []).union([channel])
            } else if closes {
                places = nil
                break
            } else {
                places = places ?? []
            }
        }
        return Rule(
            name: rule.name,
            effect: rule.effect,
            rights: rule.rights,
            who: Set(who),
            clusters: rule.clusters,
            channels: places,
            limits: rule.limits,
            values: rule.values,
            needs: rule.needs?.filled(on: cluster)
        )
    }
}

extension Rule {
    /// Whether it names a group or a channel by a cluster's labels.
    var hasTemplates: Bool {
        if !channelTemplates.isEmpty { return true }
        if case .approvals(let needs)? = needs, needs.hasTemplates { return true }
        return who.contains { if case .group(let name) = $0 { LabelTemplate.isMeant(by: name) } else { false } }
    }
}

extension Needs {
    /// Returns the same needs of the groups that their templates stand for on a cluster. Nobody is in a group whose name
    /// cannot be worked out, so that such needs are never met.
    package func filled(on cluster: Cluster?) -> Needs {
        guard case .approvals(let needs) = self, needs.hasTemplates else { return self }
        return .approvals(needs.filled(on: cluster))
    }
}

extension ApprovalNeeds {
    fileprivate var hasTemplates: Bool {
        entries.contains {
            LabelTemplate.isMeant(by: $0.from) || $0.then.map { LabelTemplate.isMeant(by: $0.from) } == true
        }
    }

    /// Returns the same needs of the groups that their templates stand for on a cluster.
    package func filled(on cluster: Cluster?) -> ApprovalNeeds {
        let filled = entries.map { entry in
            Entry(
                from: LabelTemplate.name(entry.from, on: cluster),
                count: entry.count,
                then: entry.then.map { .init(after: $0.after, from: LabelTemplate.name($0.from, on: cluster)) },
                isFurtherGroupAsked: entry.isFurtherGroupAsked
            )
        }
        return ApprovalNeeds(entries: filled, within: within, valid: valid)
    }
}
