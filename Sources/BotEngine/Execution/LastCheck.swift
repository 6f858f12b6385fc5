import BotCore

/// The checks in the last transaction before a request may leave. Whatever does not hold ends the change instead.
struct LastCheck {
    let ledger: Ledger
    let rules: Rulebook
    let spec: ActionSpec
    let sight: PlanMaker.Sight
    let maker: PlanMaker
    /// How long after the intent its sender is taken for lost.
    let lease: Duration

    /// Moves the change to `sending` and gives its intent; nil if it is not to be sent (now or ever).
    func intent(for id: Int) throws -> Intent? {
        let writer = ledger.writer
        guard var change = try writer.change(id), change.state == .ready else { return nil }
        guard try writer.hold() == nil else { return nil }
        guard try writer.isFree(change.cluster.id, rules, at: ledger.now) else { return nil }
        if let until = change.validUntil, ledger.now >= until {
            try Expiry.expire(&change, ledger)
            return nil
        }
        if let problem = misplaced(change) {
            try end(&change, .refused, problem)
            return nil
        }
        do {
            guard try isSettled(&change) else { return nil }
        } catch let problem as PlanProblem {
            try end(&change, .failed(.notSent), problem.message)
            return nil
        }
        guard let plan = change.plan else { return nil }
        let intent = Intent(
            change: id,
            bodyDigest: sha256Hex(plan.call.body),
            before: JSONValue.object(plan.before).canonical,
            sendBy: ledger.now + SendPermit.sendWithin,
            leaseUntil: ledger.now + lease,
            fence: try writer.fence(),
            startedAt: ledger.now
        )
        try ledger.apply(
            .sendingBegan,
            to: &change,
            .init(
                by: .bot,
                policy: rules.policy.digest,
                detail: [
                    "attempt": .int(1), "body_sha256": .string(intent.bodyDigest), "digest": .string(plan.digest),
                    "before": .object(plan.before), "send_by": .string(intent.sendBy.description),
                ]
            )
        )
        return intent
    }

    /// Why the change no longer belongs where it was asked for. What is sent carries the project that was agreed to, and
    /// must never travel with another project's credentials.
    private func misplaced(_ change: Change) -> String? {
        guard let cluster = rules.cluster(change.cluster.id) else { return Self.clusterGone }
        guard cluster.project != change.cluster.project else { return nil }
        return "The cluster belongs to the project \(cluster.project) now, not to \(change.cluster.project) any more."
            + " Ask again if it is still wanted."
    }

    static let clusterGone = "The cluster is no longer in the configuration."

    /// Makes the plan where nobody had to agree to one, holds the agreed one against the cluster, and asks policy and
    /// approvals once more. False if the change ended over it.
    private func isSettled(_ change: inout Change) throws -> Bool {
        let isPlanned = change.plan != nil
        if let plan = change.plan {
            if case .seen(let observation) = sight,
                let drift = plan.drift(from: spec.compared(change.parameters, observation))
            {
                try Superseding(ledger: ledger, rules: rules).supersede(&change, because: drift)
                return false
            }
        } else {
            let planned = try maker.plan(change, spec, sight, expiresAt: nil)
            change.parameters = planned.parameters
            change.plan = planned.plan
        }
        switch rules.decide(change) {
        case .refused(let refusal):
            try end(&change, .refused, refusal.reason, rule: refusal.rule)
            return false
        case .allowed(let permits):
            guard try isConsented(change, permits) else {
                try end(
                    &change,
                    .refused,
                    "What was agreed is no longer enough: it needs \(permits.sentence) by the rules and groups as they are now."
                )
                return false
            }
        }
        if !isPlanned, let plan = change.plan {
            try ledger.append(.planned, change, .init(by: .bot, policy: rules.policy.digest, detail: plan.detail))
        }
        return true
    }

    /// Whether the decisions meet both what was asked for then and what the policy asks for now.
    private func isConsented(_ change: Change, _ permitsNow: [Permit]) throws -> Bool {
        let approvals = try ledger.writer.approvals(of: change.id)
        let consent = Consent(change: change, approvals: approvals, policy: rules.policy)
        let metThen = change.permits.contains { consent.meets($0.needs) }
        return metThen && permitsNow.contains { consent.meets($0.needs) }
    }

    private func end(_ change: inout Change, _ event: ChangeEvent, _ outcome: String, rule: String? = nil) throws {
        change.outcome = outcome
        try ledger.apply(event, to: &change, .init(by: .bot, rule: rule, policy: rules.policy.digest))
    }
}
