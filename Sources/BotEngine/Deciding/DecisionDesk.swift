import BotCore

/// Carries out decisions on changes, typed or clicked, by the store, the policy in force and the person's identity.
struct DecisionDesk {
    let recorder: ChangeRecorder
    let rules: Rulebook
    /// See ``InboundCommand/seesPlans``.
    var seesPlans = false

    /// Carries a decision out. The right to read comes first: for a person who may not read a cluster, its changes do
    /// not exist.
    func carryOut(_ decision: some ChangeDecision, by actor: Actor, in channel: Channel) throws -> DecisionResult {
        guard var change = try recorder.writer.change(decision.change), rules.mayRead(change, actor, in: channel) else {
            return .notDone(rules.policy.noSuchChange(decision.change))
        }
        return try decision.decide(&change, by: actor, in: channel, at: self)
    }

    /// Returns the decision that a button stands for; nil for a button that is not the bot's.
    static func decision(_ click: InboundClick) -> (any ChangeDecision)? {
        guard let button = Message.Button.Kind(rawValue: click.button), let value = ButtonValue(click.value) else {
            return nil
        }
        return switch button {
        case .approve: Approve(change: value.change, plan: .button(value.digest))
        case .deny: Deny(change: value.change, reason: nil)
        case .cancel: Cancel(change: value.change)
        case .confirm: Confirm(change: value.change, plan: .button(value.digest))
        case .sayWhy: LineToType(change: value.change, kind: .whyDenied)
        case .resolveSucceeded: LineToType(change: value.change, kind: .succeeded)
        case .resolveFailed: LineToType(change: value.change, kind: .failed)
        case .unlock, .offer, .page: nil
        }
    }

    // MARK: What decisions do

    /// Stores a verdict on the present plan. Returns false if the person gave one already.
    func insert(_ verdict: Approval.Verdict, on change: Change, by actor: Actor, comment: String? = nil) throws -> Bool
    {
        try recorder.writer.insert(
            Approval(
                change: change.id,
                actor: actor,
                verdict: verdict,
                comment: comment,
                digest: change.plan?.digest ?? "",
                at: recorder.now
            )
        )
    }

    /// Records a decision, and makes the change ready if the needs of one of its permits are met now.
    func goOn(
        _ change: inout Change,
        after decision: HistoryEntry.Kind,
        by actor: Actor,
        of plan: Plan,
        _ comment: String?
    ) throws {
        let consent = Consent(
            change: change,
            approvals: try recorder.writer.approvals(of: change.id),
            rules: rules
        )
        let met = consent.metPermit(at: recorder.now)
        try record(decision, change, in: met == nil ? .pending : .ready, actor, plan, comment)
        guard let met else { return try recorder.save(&change) }
        change.validUntil = recorder.now + met.needs.valid
        try recorder.apply(.allowed, to: &change, .init(by: .bot, rule: met.rule, policy: rules.policy.digest))
    }

    /// Puts a decision into the history, bound to the digest of the plan, with the state that it leads to.
    private func record(
        _ kind: HistoryEntry.Kind,
        _ change: Change,
        in state: ChangeState,
        _ actor: Actor,
        _ plan: Plan,
        _ comment: String?
    ) throws {
        try recorder.append(
            kind,
            change,
            .init(
                by: actor,
                policy: rules.policy.digest,
                detail: ["digest": .string(plan.digest), "state": .string(state.rawValue)],
                texts: comment.map { ["comment": $0] } ?? [:]
            )
        )
    }
}
