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

    func needs(_ field: Field, who: Set<Rule.Subject>, _ facts: PolicyFacts) -> Needs? {
        switch field.node.content {
        case .scalar("none"): return .nothing
        case .scalar("confirmation"): return .confirmation
        case .table:
            return field.table(.needs).flatMap { approvals($0, who, facts) }.map(Needs.approvals)
        default:
            field.problem("`needs` must be \(Self.forms)")
            return nil
        }
    }

    func approvalDefault(_ field: Field, _ facts: PolicyFacts) -> ApprovalNeeds? {
        field.table(.approvalDefault).flatMap { approvals($0, [], facts) }
    }

    /// Reads what a requiring rule adds.
    func floor(_ field: Field, who: Set<Rule.Subject>, _ facts: PolicyFacts) -> ApprovalNeeds? {
        field.table(.require).flatMap { approvals($0, who, facts) }
    }

    /// - Parameter who: the people who ask; empty where they are not known.
    private func approvals(_ table: Table, _ who: Set<Rule.Subject>, _ facts: PolicyFacts) -> ApprovalNeeds? {
        let example = "[{from: leads, count: 1}]"
        let field = table.required("approvals", example)
        let within = table.field("within")?.duration(from: Self.within.lowerBound, to: Self.within.upperBound)
        let valid = table.field("valid")?.duration(from: Self.valid.lowerBound, to: Self.valid.upperBound)
        guard let field, let elements = field.list("who must agree, such as \(example)") else { return nil }
        let entries = elements.map { approval($0, facts) }
        let needs = ApprovalNeeds(
            entries: entries.compactMap(\.self),
            within: within ?? ApprovalNeeds.usualWithin,
            valid: valid ?? ApprovalNeeds.usualValid
        )
        guard !entries.contains(nil) else { return nil }
        let requesters = who.reduce(into: Set<String>()) { $0.formUnion(facts.members(of: $1)) }
        for (element, entry) in zip(elements, entries) {
            guard let then = entry?.then, then.after >= needs.within else { continue }
            element.problem(
                "the group \(quoted(then.from)) would be asked after \(then.after.written), when the request has expired: "
                    + "`within` is \(needs.within.written); give `then` less, or `within` more"
            )
        }
        checkFeasible(needs, field, requesters: requesters, facts)
        return needs
    }

    private func approval(_ field: Field, _ facts: PolicyFacts) -> ApprovalNeeds.Entry? {
        guard let table = field.table(.approval) else { return nil }
        let count = table.field("count").map { $0.number(Self.counts) } ?? 1
        guard let from = table.required("from", "leads"), !from.isLabelReference,
            let group = from.text("the name of a group")
        else {
            return nil
        }
        guard facts.groups.names.contains(group) else {
            if facts.groups.isComplete {
                from.unknown(group, "one of `groups`", among: facts.groups.names.sorted())
            }
            return nil
        }
        let thenField = table.field("then")
        let then = thenField?.table(.then).flatMap { further($0, facts) }
        guard let count, !facts.groups.unclear.contains(group), thenField == nil || then != nil else { return nil }
        if let then, then.from == group {
            thenField?.problem("`then` asks the group \(quoted(group)) that is asked already; name another group")
            return nil
        }
        guard let people = facts.mostApprovers(in: group)?.count else {
            return ApprovalNeeds.Entry(from: group, count: count, then: then)
        }
        guard people >= count else {
            let has = people == 0 ? "nobody" : people == 1 ? "only 1 person" : "only \(people) people"
            from.problem(
                "\(has) in the group \(quoted(group)) can approve, but \(count) must agree; add people to it under `groups`"
            )
            return nil
        }
        return ApprovalNeeds.Entry(from: group, count: count, then: then)
    }

    /// Reads a further group that is asked later.
    private func further(_ table: Table, _ facts: PolicyFacts) -> ApprovalNeeds.FurtherGroup? {
        let after = table.required("after", "10m")?
            .duration(from: Self.within.lowerBound, to: Self.within.upperBound)
        guard let field = table.required("from", "managers"), !field.isLabelReference,
            let group = field.text("the name of a group")
        else { return nil }
        guard facts.groups.names.contains(group) else {
            if facts.groups.isComplete {
                field.unknown(group, "one of `groups`", among: facts.groups.names.sorted())
            }
            return nil
        }
        guard let after, !facts.groups.unclear.contains(group) else { return nil }
        guard facts.mostApprovers(in: group)?.isEmpty != true else {
            field.problem("nobody in the group \(quoted(group)) can approve; add people to it under `groups`")
            return nil
        }
        return .init(after: after, from: group)
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
