import BotCore

/// Applies the rules in force to a change that is open and was decided by others before.
struct Reassessment {
    let recorder: ChangeRecorder
    let rules: Rulebook
    /// The rules that were in force before.
    let before: Rulebook

    /// The states in which rules still decide. What is being sent, or was, is not touched.
    static let states: Set<ChangeState> = [.preparing, .pending, .ready]

    /// Ends what is forbidden now, and what was agreed to by less than is needed now. What still waits for people goes
    /// on waiting, for those who are asked now.
    func apply(to change: inout Change) throws {
        guard Self.states.contains(change.state) else { return }
        if let reason = Condition.notWhereItWas(change, rules) {
            return try refuse(&change, "\(reason) Nothing was sent.")
        }
        let decision = rules.decide(change)
        switch decision {
        // It is not known who is in a user group. Then it is decided later: while it is prepared, or before it is sent.
        case .refused(let refusal) where refusal.rule == nil && isUnsettled(change): return
        case .refused(let refusal):
            try refuse(&change, "The rules have changed. \(refusal.sentence) Nothing was sent.", rule: refusal.rule)
        case .allowed(let fresh):
            let permits = fresh.mappingNeeds { $0.asking(as: change.permits.approvalNeeds) }
            switch change.state {
            case .preparing: try askAnew(&change, permits)
            case .pending where isUnsettled(change): return
            case .pending: try waitAnew(&change, permits)
            default: try stayReady(&change, permits)
            }
        }
    }

    /// Whether the policy's decision hangs on user groups without an answer.
    private func isUnsettled(_ change: Change) -> Bool {
        !rules.policy.hanging(on: rules.request(change)).isEmpty
    }

    /// Nobody was asked yet: only the present rules count.
    private func askAnew(_ change: inout Change, _ permits: [Permit]) throws {
        if rules.mustLookUp(for: rules.request(change)) {
            change.permits = []
            return try recorder.save(&change)
        }
        guard permits != change.permits else { return }
        change.permits = permits
        change.policy = rules.policy.digest
        try recorder.save(&change)
    }

    private func waitAnew(_ change: inout Change, _ permits: [Permit]) throws {
        let approvals = try recorder.writer.approvals(of: change.id)
        let counted = Consent(change: change, approvals: approvals, rules: before).counted
        // What was asked for stays where it is as much as the new rules want, under the name of the rule that wants it.
        let kept = change.permits.kept(by: permits)
        let asksAnew = kept == nil
        let asked = change.permits
        change.permits = kept ?? permits
        change.ask(change.groupsAsked, rules.policy)
        let consent = Consent(change: change, approvals: approvals, rules: rules)
        let lost = counted.subtracting(consent.counted)
        let met = consent.metPermit(at: recorder.now)
        guard asksAnew || !lost.isEmpty || met != nil else {
            change.policy = rules.policy.digest
            // The card names the rule, and those who may decide.
            let isVisible =
                asked != change.permits || before.possibleApprovers(change) != rules.possibleApprovers(change)
            return try recorder.save(&change, isVisible: isVisible)
        }
        if asksAnew, change.outcome?.contains(Self.changed) != true {
            change.outcome = [change.outcome, Self.changed].compactMap(\.self).joined(separator: " ")
        }
        change.policy = rules.policy.digest
        var told = lost.isEmpty ? "" : "The approval of \(lost.sorted().joined(separator: " and ")) no longer counts. "
        told +=
            met != nil
            ? "By the rules as they are now, what it has is enough."
            : asksAnew
                ? "It needs \(change.permits.sentence) since the rules changed."
                : "It still needs \(change.permits.sentence)."
        let head = try recorder.append(
            .reassessed,
            change,
            .init(
                by: .bot,
                policy: rules.policy.digest,
                detail: [
                    "state": .string((met == nil ? ChangeState.pending : .ready).rawValue), "outcome": .string(told),
                    "lost": .array(lost.sorted().map(JSONValue.string)), "asks_anew": .bool(asksAnew && met == nil),
                ]
            )
        )
        try recorder.announce(head, of: change)
        guard let met else {
            let calling = Calling(recorder: recorder, rules: rules)
            try calling.begin(&change)
            return try recorder.save(&change)
        }
        change.validUntil = recorder.now + met.needs.valid
        try recorder.apply(.allowed, to: &change, .init(by: .bot, rule: met.rule, policy: rules.policy.digest))
    }

    private static let changed = "The rules have changed since it was asked."

    private func stayReady(_ change: inout Change, _ permits: [Permit]) throws {
        let approvals = try recorder.writer.approvals(of: change.id)
        guard !Consent(change: change, approvals: approvals, rules: rules).isEnough(for: permits),
            rules.unknown(change).isEmpty, rules.policy.unknown(in: permits.groupsAsked).isEmpty
        else { return }
        try refuse(
            &change,
            "The rules have changed: it needs \(permits.sentence) now. Nothing was sent.",
            offersAgain: true
        )
    }

    private func refuse(
        _ change: inout Change,
        _ outcome: String,
        rule: String? = nil,
        offersAgain: Bool = false
    ) throws {
        change.outcome = outcome
        try recorder.apply(
            .refused,
            to: &change,
            .init(by: .bot, rule: rule, policy: rules.policy.digest, offersAgain: offersAgain)
        )
    }
}

extension [Permit] {
    /// Returns these permits with the names and the shorter times of those by which they stay; nil if somebody who meets
    /// one of them would meet none of the others.
    fileprivate func kept(by others: [Permit]) -> [Permit]? {
        var kept: [Permit] = []
        for permit in self {
            guard let other = others.first(where: { permit.needs.cover($0.needs) }) else { return nil }
            kept.append(
                Permit(rule: other.rule, needs: permit.needs.valid(noLongerThan: other.needs), floors: other.floors)
            )
        }
        return kept
    }
}

extension Needs {
    /// Returns whether whoever meets these needs meets the others, too. Where it cannot be told, they do not.
    fileprivate func cover(_ others: Needs) -> Bool {
        switch (self, others) {
        case (_, .nothing), (.confirmation, .confirmation): true
        case (.approvals(let mine), .approvals(let theirs)): mine.cover(theirs)
        default: false
        }
    }

    /// Returns the same needs, met for no longer than others are.
    fileprivate func valid(noLongerThan others: Needs) -> Needs {
        guard case .approvals(let mine) = self, case .approvals(let theirs) = others else { return self }
        return .approvals(
            ApprovalNeeds(entries: mine.entries, within: mine.within, valid: min(mine.valid, theirs.valid))
        )
    }
}

extension ApprovalNeeds {
    /// Returns whether each entry of the others has one of these for itself that asks the same group for as many.
    fileprivate func cover(_ others: ApprovalNeeds) -> Bool {
        var left = entries
        return others.entries.allSatisfy { theirs in
            guard
                let place = left.firstIndex(where: {
                    $0.groups == theirs.groups && $0.then == theirs.then && $0.count >= theirs.count
                })
            else {
                return false
            }
            left.remove(at: place)
            return true
        }
    }
}
