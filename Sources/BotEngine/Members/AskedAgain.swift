import BotCore

/// Looks at a pending change after an answer came about a user group that it asks: the first answer says who counts. By it
/// those who have approved already may be enough.
struct AskedAgain {
    let recorder: ChangeRecorder
    let rules: Rulebook

    func apply(to change: inout Change) throws {
        change.ask(change.groupsAsked, rules.policy)
        let approvals = try recorder.writer.approvals(of: change.id)
        let consent = Consent(change: change, approvals: approvals, rules: rules)
        guard let met = consent.metPermit(at: recorder.now) else { return try recorder.save(&change) }
        change.validUntil = recorder.now + met.needs.valid
        try recorder.apply(.allowed, to: &change, .init(by: .bot, rule: met.rule, policy: rules.policy.digest))
    }
}
