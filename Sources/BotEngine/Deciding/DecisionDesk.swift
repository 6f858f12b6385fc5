import BotCore

/// Takes people's decisions on changes: approve, deny, confirm, cancel, resolve. Whether they come as typed words or as
/// clicks, everything is decided from the store, the policy in force and who the person is.
///
/// Each function returns what to tell the person; the empty text when the change's own message says it all.
struct DecisionDesk {
    let recorder: ChangeRecorder
    let rules: Rulebook

    func typed(_ command: Command, by actor: Actor, in channel: Channel) throws -> String {
        switch command {
        case .approve(let id, let comment, let digest):
            try onChange(id, actor, channel) {
                try approve(&$0, by: actor, comment: comment, digest: seen(by: digest, $0))
            }
        case .deny(let id, let reason): try onChange(id, actor, channel) { try deny(&$0, by: actor, reason: reason) }
        case .cancel(let id): try onChange(id, actor, channel) { try cancel(&$0, by: actor) }
        case .confirm(let id, let digest):
            try onChange(id, actor, channel) { try confirm(&$0, by: actor, digest: seen(by: digest, $0)) }
        case .resolve(let id, let succeeded, let reason):
            try onChange(id, actor, channel) {
                try resolve(&$0, by: actor, in: channel, succeeded: succeeded, reason: reason)
            }
        default: ""
        }
    }

    func clicked(_ click: InboundClick, by actor: Actor) throws -> String {
        guard let button = Message.Button.Kind(rawValue: click.button), let value = ButtonValue(click.value) else {
            return "I do not know that button. Nothing was done."
        }
        let text = try onChange(value.change, actor, click.channel) { change in
            switch button {
            case .approve: try approve(&change, by: actor, comment: nil, digest: .shown(value.digest))
            case .deny: try deny(&change, by: actor, reason: nil)
            case .cancel: try cancel(&change, by: actor)
            case .confirm: try confirm(&change, by: actor, digest: .shown(value.digest))
            }
        }
        return text.hasPrefix(Self.done) ? "" : text
    }

    /// The plan that somebody had in front of them.
    enum Seen {
        /// The digest that their button carried.
        case shown(String)
        /// They typed, and its card was posted.
        case posted
        /// They typed, and named how another plan's digest begins.
        case other(String)
        /// They typed, and nobody was shown the plan yet.
        case nothing
    }

    /// Whoever types has seen the plan if its card was posted. They may name how its digest begins.
    private func seen(by named: String?, _ change: Change) throws -> Seen {
        guard try recorder.writer.post(change: change.id, place: .conversation)?.showsPlan == true else {
            return .nothing
        }
        guard let named, change.plan?.digest.hasPrefix(named) != true else { return .posted }
        return .other(named)
    }

    /// How answers to decisions that were carried out begin.
    static let done = "Done: "

    /// Who somebody is comes first: to whoever may not read a cluster, its changes do not exist.
    private func onChange(
        _ id: Int,
        _ actor: Actor,
        _ channel: Channel,
        _ body: (inout Change) throws -> String
    ) throws -> String {
        guard var change = try recorder.writer.change(id), rules.mayRead(change, actor, in: channel) else {
            return rules.policy.noSuchChange(id)
        }
        return try body(&change)
    }

    // MARK: Agreeing

    private func approve(_ change: inout Change, by actor: Actor, comment: String?, digest: Seen) throws -> String {
        if let problem = waits(change, for: "an approval") { return problem }
        guard let person = actor.person else { return unlisted(actor) }
        guard !actor.isSamePerson(as: change.requester) else {
            return "You asked for #\(change.id) yourself, so somebody else has to agree. "
                + "To withdraw it: `\(rules.commandWord) cancel \(change.id)`"
        }
        guard mayDecide(change, person) else {
            return "#\(change.id) needs \(change.permits.sentence); you are in none of these groups."
        }
        if let problem = try seen(digest, change) ?? expired(&change) { return problem }
        guard let plan = change.plan else { return "#\(change.id) has no plan yet." }
        let approval = Approval(
            change: change.id,
            actor: actor,
            verdict: .approved,
            comment: comment,
            digest: plan.digest,
            at: recorder.now
        )
        guard try recorder.writer.insert(approval) else { return "You have decided on #\(change.id) already." }
        try goOn(&change, after: .approved, by: actor, of: plan, comment)
        return "\(Self.done)you approved #\(change.id); it is \(change.state.rawValue) now."
    }

    private func confirm(_ change: inout Change, by actor: Actor, digest: Seen) throws -> String {
        if let problem = waits(change, for: "a confirmation") { return problem }
        guard actor.isSamePerson(as: change.requester) else {
            return "Only \(change.requester.shownName), who asked for #\(change.id), can confirm it."
        }
        // The account that asked, but nobody's any more: it may still withdraw what it asked for, and set nothing going.
        guard actor.person != nil else { return unlisted(actor) }
        guard change.permits.contains(where: { $0.needs == .confirmation }) else {
            return "#\(change.id) does not wait for a confirmation; it needs \(change.permits.sentence)."
        }
        if let problem = try seen(digest, change) ?? expired(&change) { return problem }
        guard let plan = change.plan else { return "#\(change.id) has no plan yet." }
        let approval = Approval(
            change: change.id,
            actor: actor,
            verdict: .confirmed,
            comment: nil,
            digest: plan.digest,
            at: recorder.now
        )
        guard try recorder.writer.insert(approval) else { return "You have decided on #\(change.id) already." }
        try goOn(&change, after: .confirmed, by: actor, of: plan, nil)
        return "\(Self.done)you confirmed #\(change.id); it is \(change.state.rawValue) now."
    }

    /// Records a decision, and makes the change ready if the needs of one of its permits are met now.
    private func goOn(
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

    // MARK: Saying no

    private func deny(_ change: inout Change, by actor: Actor, reason: String?) throws -> String {
        guard change.state == .pending || change.state == .ready else { return tooLate(change, "denied") }
        guard let person = actor.person else { return unlisted(actor) }
        guard !actor.isSamePerson(as: change.requester) else {
            return "You asked for #\(change.id) yourself. To withdraw it: `cancel \(change.id)`."
        }
        guard mayDecide(change, person) else {
            return "Only those who could approve #\(change.id) can deny it: \(change.permits.sentence)."
        }
        // Who approved first and denies now is listed as both only in the history; the denial holds in any case.
        _ = try recorder.writer.insert(
            Approval(
                change: change.id,
                actor: actor,
                verdict: .denied,
                comment: reason,
                digest: change.plan?.digest ?? "",
                at: recorder.now
            )
        )
        change.outcome = "\(actor.shownName) denied it."
        try recorder.apply(
            .denied,
            to: &change,
            .init(by: actor, policy: rules.policy.digest, texts: reason.map { ["reason": $0] } ?? [:])
        )
        return "\(Self.done)you denied #\(change.id)."
    }

    private func cancel(_ change: inout Change, by actor: Actor) throws -> String {
        guard [.preparing, .pending, .ready].contains(change.state) else { return tooLate(change, "cancelled") }
        guard actor.isSamePerson(as: change.requester) else {
            return "Only \(change.requester.shownName), who asked for #\(change.id), can cancel it."
                + " Those who could approve it can `deny \(change.id)` with a reason."
        }
        change.outcome = "\(actor.shownName) withdrew it."
        try recorder.apply(.cancelled, to: &change, .init(by: actor))
        return "\(Self.done)you cancelled #\(change.id)."
    }

    // MARK: A person's verdict

    private func resolve(
        _ change: inout Change,
        by actor: Actor,
        in channel: Channel,
        succeeded: Bool,
        reason: String
    ) throws -> String {
        guard change.state == .unknown else {
            return "The outcome of #\(change.id) is not unknown; it is \(change.state.rawValue)."
        }
        let request = Policy.Request(
            actor: actor,
            channel: channel,
            right: Right.resolve,
            cluster: rules.present(change.cluster)
        )
        if case .refused(let refusal) = rules.policy.decide(request) { return refusal.reason }
        if case .approvals = change.metNeeds, actor.isSamePerson(as: change.requester) {
            return "#\(change.id) needed another person's agreement, so another person has to say what came of it."
        }
        change.outcome = "\(actor.shownName) settled it as \(succeeded ? "succeeded" : "failed")."
        try recorder.apply(
            succeeded ? .succeeded(.person) : .failed(.person),
            to: &change,
            .init(by: actor, policy: rules.policy.digest, texts: ["reason": reason], notice: true)
        )
        return "\(Self.done)#\(change.id) counts as \(change.state.rawValue) now. \(change.recorded?.short ?? "")"
    }
}
