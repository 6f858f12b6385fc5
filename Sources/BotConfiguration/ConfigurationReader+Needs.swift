import BotCore
import ConfigurationTree

/// Reads the needs of rules.
extension ConfigurationReader {
    private static let forms = "`none`, `confirmation` or {approvals: [{from: leads, count: 1}]}"
    /// The times that approvals may take. Nobody remembers what a request of last week was about.
    private static let within = Duration.milliseconds(100)...Duration.seconds(7 * 24 * 3600)
    /// The ages that an approval may have when the change is sent.
    private static let valid = Duration.milliseconds(100)...Duration.seconds(24 * 3600)
    /// The numbers of approvals. More people than this never decide together in a chat.
    private static let counts = 1...20

    /// - Parameter scope: the clusters that the rule selects; nil where they are not known.
    func needs(_ field: Field, who: Set<Rule.Subject>, _ facts: PolicyFacts, scope: [Cluster]?) -> Needs? {
        switch field.node.content {
        case .scalar("none"): return .nothing
        case .scalar("confirmation"): return .confirmation
        case .table:
            return field.table(.needs).flatMap { approvals($0, who, facts, scope) }.map(Needs.approvals)
        default:
            field.problem("`needs` must be \(Self.forms)")
            return nil
        }
    }

    func approvalDefault(_ field: Field, _ facts: PolicyFacts) -> ApprovalNeeds? {
        let all = facts.clusters.isComplete ? facts.clusters.list : nil
        return field.table(.approvalDefault).flatMap { approvals($0, [], facts, all) }
    }

    /// Reads what a requiring rule adds.
    func floor(_ field: Field, who: Set<Rule.Subject>, _ facts: PolicyFacts, scope: [Cluster]?) -> ApprovalNeeds? {
        field.table(.require).flatMap { approvals($0, who, facts, scope) }
    }

    /// - Parameter who: the people who ask; empty where they are not known.
    private func approvals(
        _ table: Table,
        _ who: Set<Rule.Subject>,
        _ facts: PolicyFacts,
        _ scope: [Cluster]?
    ) -> ApprovalNeeds? {
        let example = "[{from: leads, count: 1}]"
        let field = table.required("approvals", example)
        let within = table.field("within")?.duration(from: Self.within.lowerBound, to: Self.within.upperBound)
        let valid = table.field("valid")?.duration(from: Self.valid.lowerBound, to: Self.valid.upperBound)
        guard let field, let elements = field.list("who must agree, such as \(example)") else { return nil }
        let entries = elements.map { approval($0, facts, scope) }
        let needs = ApprovalNeeds(
            entries: entries.compactMap(\.self),
            within: within ?? ApprovalNeeds.usualWithin,
            valid: valid ?? ApprovalNeeds.usualValid
        )
        guard !entries.contains(nil) else { return nil }
        for (element, entry) in zip(elements, entries) {
            guard let then = entry?.then, then.after >= needs.within else { continue }
            element.problem(
                "the group \(quoted(then.from)) would be asked after \(then.after.written), when the request has expired: "
                    + "`within` is \(needs.within.written); give `then` less, or `within` more"
            )
        }
        checkFeasible(needs, field, who, facts, scope)
        return needs
    }

    private func approval(_ field: Field, _ facts: PolicyFacts, _ scope: [Cluster]?) -> ApprovalNeeds.Entry? {
        guard let table = field.table(.approval) else { return nil }
        let count = table.field("count").map { $0.number(Self.counts) } ?? 1
        let group = table.required("from", "leads").flatMap { self.group($0, atLeast: count ?? 1, facts, scope) }
        let thenField = table.field("then")
        let then = thenField?.table(.then).flatMap { further($0, facts, scope) }
        guard let count, let group, thenField == nil || then != nil else { return nil }
        if let then, then.from == group {
            thenField?.problem("`then` asks the group \(quoted(group)) that is asked already; name another group")
            return nil
        }
        return ApprovalNeeds.Entry(from: group, count: count, then: then)
    }

    /// Reads a further group that is asked later.
    private func further(_ table: Table, _ facts: PolicyFacts, _ scope: [Cluster]?) -> ApprovalNeeds.FurtherGroup? {
        let after = table.required("after", "10m")?
            .duration(from: Self.within.lowerBound, to: Self.within.upperBound)
        let group = table.required("from", "managers").flatMap { self.group($0, atLeast: 1, facts, scope) }
        guard let after, let group else { return nil }
        return .init(after: after, from: group)
    }

    /// Reads the name of a group whose members approve, as it stands or with labels; nil if that is a mistake, or if it is not
    /// known who is in it.
    private func group(_ field: Field, atLeast count: Int, _ facts: PolicyFacts, _ scope: [Cluster]?) -> String? {
        let names = facts.groups.isComplete ? facts.groups.names : nil
        switch writtenName(field, in: "groups", names: names, facts, scope: scope) {
        case .wrong: return nil
        case .template(let name):
            let groups = Set((scope ?? []).map { LabelTemplate.name(name, on: $0) })
            return groups.sorted().allSatisfy { holds($0, count, field, facts) } ? name : nil
        case .plain: break
        }
        guard let group = field.text("the name of a group") else { return nil }
        guard facts.groups.names.contains(group) else {
            if facts.groups.isComplete {
                field.unknown(group, "one of `groups`", among: facts.groups.names.sorted())
            }
            return nil
        }
        return holds(group, count, field, facts) ? group : nil
    }

    /// Returns whether a group holds as many people as must agree; if it does not, that is logged.
    private func holds(_ group: String, _ count: Int, _ field: Field, _ facts: PolicyFacts) -> Bool {
        guard facts.groups.names.contains(group), !facts.groups.unclear.contains(group) else { return false }
        guard let people = facts.mostApprovers(in: group)?.count, people < count else { return true }
        let has = people == 0 ? "nobody" : people == 1 ? "only 1 person" : "only \(people) people"
        let must = people == 0 && count == 1 ? "" : ", but \(count) must"
        field.problem(
            "\(has) in the group \(quoted(group)) can approve\(must); add people to it under `groups`"
        )
        return false
    }

    /// Checks for each cluster whether there are enough different people.
    private func checkFeasible(
        _ needs: ApprovalNeeds,
        _ field: Field,
        _ who: Set<Rule.Subject>,
        _ facts: PolicyFacts,
        _ scope: [Cluster]?
    ) {
        struct Variant: Hashable {
            let needs: ApprovalNeeds
            let requesters: Set<String>
        }
        // Without a cluster that is known, names as they stand are looked at once.
        let clusters: [Cluster?] = if let scope, !scope.isEmpty { scope } else { [nil] }
        var seen: Set<Variant> = []
        for cluster in clusters {
            let requesters = who.reduce(into: Set<String>()) { $0.formUnion(facts.members(of: $1, on: cluster)) }
            var filled = needs.filled(on: cluster)
            if cluster == nil {
                // A name that no cluster fills says nothing; what stands beside it is looked at all the same.
                let named = filled.entries.filter { facts.groups.names.contains($0.from) }
                filled = ApprovalNeeds(entries: named, within: needs.within, valid: needs.valid)
            }
            let variant = Variant(needs: filled, requesters: requesters)
            guard !filled.entries.isEmpty, variant.needs.entries.allSatisfy({ facts.groups.names.contains($0.from) })
            else { continue }
            guard seen.insert(variant).inserted else { continue }
            checkFeasible(variant.needs, field, requesters: requesters, facts)
        }
    }

    /// Checks whether there are enough different people. A requester never counts.
    private func checkFeasible(_ needs: ApprovalNeeds, _ field: Field, requesters: Set<String>, _ facts: PolicyFacts) {
        // Who is in a user group can change at any time: only what can never be is a mistake then.
        let hasUserGroups = needs.entries.contains { facts.groups.userGroups[$0.from] != nil }
        guard needs.entries.allSatisfy({ facts.mostApprovers(in: $0.from) != nil }) else { return }
        let members = { (group: String) in facts.mostApprovers(in: group) ?? [] }
        let everybody = needs.entries.reduce(into: Set<String>()) { $0.formUnion(members($1.from)) }
        guard needs.missing(after: everybody, members: members) == 0 else {
            field.problem(
                "these groups hold too few different people for \(needs.sentence); one person counts once over "
                    + "all entries"
            )
            return
        }
        guard !hasUserGroups else { return }
        // Where the requesters are not known (`approval_default`), the approvers' own changes are checked.
        let stuck = (requesters.isEmpty ? everybody : requesters.intersection(everybody))
            .filter { needs.missing(after: everybody.subtracting([$0]), members: members) > 0 }
        guard stuck.isEmpty else {
            log.warning(
                field.keyPlace,
                "nobody agrees to their own change, so what \(listed(stuck.sorted())) asks for can never get "
                    + "\(needs.sentence); add people to these groups"
            )
            return
        }
        guard everybody.count == needs.entries.map(\.count).reduce(0, +) else { return }
        log.warning(
            field.keyPlace,
            "exactly as many people can approve as must (\(listed(everybody.sorted()))): while one of them is away nothing "
                + "gets \(needs.sentence); add people to these groups"
        )
    }
}
