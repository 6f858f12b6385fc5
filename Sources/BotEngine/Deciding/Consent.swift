import BotCore

/// Compares people's decisions on a change with what it needs, by the groups as they are now. It does no I/O.
struct Consent {
    let change: Change
    let approvals: [Approval]
    let rules: Rulebook

    private var policy: Policy { rules.policy }

    /// Those whose approval of exactly this plan counts, by name.
    var approvers: Set<String> {
        Set(
            approvals.compactMap { approval -> String? in
                guard approval.verdict == .approved, approval.digest == change.plan?.digest,
                    !policy.isSamePerson(approval.actor, change.requester), policy.countsApprovals(by: approval.actor)
                else { return nil }
                let now = policy.asListedNow(approval.actor)
                // Who approved as a person and is none any more does not go on as an account.
                guard now.person != nil || approval.actor.person == nil else { return nil }
                return policy.name(of: now).flatMap { rules.mayRead(change, name: $0) ? $0 : nil }
            }
        )
    }

    /// Whether its requester has confirmed exactly this plan, with an account that still counts as theirs.
    private var isConfirmed: Bool {
        approvals.contains { approval in
            approval.verdict == .confirmed && approval.digest == change.plan?.digest
                && policy.asListedNow(approval.actor).isSamePerson(as: change.requester)
        }
    }

    func meets(_ needs: Needs) -> Bool {
        switch needs {
        case .nothing: true
        case .confirmation: isConfirmed
        case .approvals(let needed): needed.areMet(by: approvers, members: members)
        }
    }

    /// Returns the members of a group whose approval counts: of its user groups those who were in them when they were
    /// asked, and still are.
    private func members(of group: String) -> Set<String> { policy.approvers(in: group, asked: change.asked) }

    /// Returns whether it is enough for one of the change's permits and for one of these, which the present rules give.
    func isEnough(for present: [Permit]) -> Bool {
        // A further group that was asked counts by the present rules only where they name it in the same place.
        let asked = present.mappingNeeds { $0.asking(as: change.permits.approvalNeeds) }
        return change.permits.contains { meets($0.needs) } && asked.contains { meets($0.needs) }
    }

    /// Returns the first of the change's permits whose needs are met within its time.
    func metPermit(at now: Timestamp) -> Permit? {
        change.permits.first { permit in meets(permit.needs) && now < deadline(permit.needs) }
    }

    /// Those whose approval counts towards what one of the change's permits asks for.
    var counted: Set<String> {
        approvers.intersection(change.groupsAsked.reduce(into: []) { $0.formUnion(members(of: $1)) })
    }

    /// Returns whether somebody's approval would bring one of the change's permits nearer to being met.
    func isBroughtNearer(by name: String) -> Bool {
        let agreed = approvers
        return change.permits.approvalNeeds.contains { needed in
            needed.missing(after: agreed.union([name]), members: members)
                < needed.missing(after: agreed, members: members)
        }
    }

    /// The number of approvals that are missing for the permit that needs fewest; nil where none needs approvals.
    var missing: Int? {
        change.permits.compactMap { permit in
            guard case .approvals(let needed) = permit.needs else { return nil }
            return needed.missing(after: approvers, members: members)
        }.min()
    }

    /// What the permits still need, in words, as alternatives: `approval by a lead`, `approval by 1 more lead`. Entries that
    /// have all their approvals are left out.
    var lacking: String {
        [Permit].alternatives(
            change.permits.map { permit in
                guard case .approvals(let needed) = permit.needs else { return permit.needs.sentence }
                return lacking(needed).map { "approval by \($0)" } ?? permit.needs.sentence
            }
        )
    }

    /// Nil where it cannot be said by groups: somebody is in several of them.
    private func lacking(_ needed: ApprovalNeeds) -> String? {
        let agreed = approvers
        let open = needed.entries.compactMap { entry -> (left: Int, words: String)? in
            let left = entry.count - agreed.intersection(entry.members(members)).count
            guard left > 0 else { return nil }
            return (left, left == entry.count ? entry.words : entry.words(more: left))
        }
        guard open.map(\.left).reduce(0, +) == needed.missing(after: agreed, members: members), !open.isEmpty else {
            return nil
        }
        return open.map(\.words).joined(separator: " and ")
    }

    /// Returns when the time of a permit is over. The change itself expires with the permit that gives most time.
    private func deadline(_ needs: Needs) -> Timestamp {
        guard let last = change.expiresAt else { return Timestamp(milliseconds: .max) }
        return change.waitsSince.map { min(last, $0 + needs.within) } ?? last
    }
}

extension Needs {
    /// The time in which the needs must be met, from the plan on.
    var within: Duration {
        if case .approvals(let needed) = self { needed.within } else { ApprovalNeeds.usualWithin }
    }

    /// The time for which they stay met: it must be sent within it.
    var valid: Duration {
        if case .approvals(let needed) = self { needed.valid } else { ApprovalNeeds.usualValid }
    }

    /// The needs in words: `approval by a lead`.
    package var sentence: String { sentence(confirmation: "confirmation by the person who asked") }

    /// The needs in words for whoever asks: `your confirmation`.
    var sentenceToAsker: String { sentence(confirmation: "your confirmation") }

    private func sentence(confirmation: String) -> String {
        switch self {
        case .nothing: "nobody's approval"
        case .confirmation: confirmation
        case .approvals(let needed): "approval by \(needed.sentence)"
        }
    }
}

extension [Permit] {
    /// The needs of all permits in words, as alternatives.
    var sentence: String { Self.alternatives(map(\.needs.sentence)) }

    /// The same for whoever asks.
    var sentenceToAsker: String { Self.alternatives(map(\.needs.sentenceToAsker)) }

    fileprivate static func alternatives(_ sentences: [String]) -> String {
        var seen: [String] = []
        for sentence in sentences where !seen.contains(sentence) { seen.append(sentence) }
        return seen.joined(separator: ", or ")
    }
}

extension Change {
    /// The moment from which people have time for it; nil where it waits for nobody.
    var waitsSince: Timestamp? {
        if let plannedAt { return plannedAt }
        // A change that was planned before that was stored.
        let within = permits.map(\.needs.within).max() ?? ApprovalNeeds.usualWithin
        return expiresAt.map { Timestamp(milliseconds: $0.milliseconds - within.wholeMilliseconds) }
    }

    /// The needs of the permit by which it went on.
    var metNeeds: Needs? { permits.first { $0.rule == rule }?.needs }
}
