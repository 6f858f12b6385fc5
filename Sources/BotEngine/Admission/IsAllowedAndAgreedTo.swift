import BotCore

extension Condition {
    /// Policy and approvals are looked at once more: the approvals must meet the needs of the rules as they were when
    /// people were asked, and as they are now. Where it hangs on who is in a user group, and nobody knows that now, an
    /// approved change waits for as long as its approval is valid.
    static let isAllowedAndAgreedTo = Condition(
        name: "is allowed and agreed to",
        looksAtPlan: true,
        beforeSending: { check, change in
            let decision = check.rules.decide(change)
            switch decision {
            case .refused(let refusal) where refusal.rule != nil:
                return .ended(.refused, refusal.sentence, rule: refusal.rule)
            case .refused(let refusal):
                let unknown = check.rules.policy.hanging(on: check.rules.request(change))
                if !unknown.isEmpty, change.validUntil != nil { return .notNow }
                return .ended(.refused, refusal.sentence, rule: refusal.rule)
            case .allowed(let permits):
                let approvals = try check.recorder.writer.approvals(of: change.id)
                let consent = Consent(change: change, approvals: approvals, rules: check.rules)
                if consent.isEnough(for: permits) {
                    try check.recorder.writer.markCounted(consent.counted, change: change.id)
                    return nil
                }
                let unknown = check.rules.unknown(change).union(check.rules.policy.unknown(in: permits.groupsAsked))
                if !unknown.isEmpty {
                    if change.validUntil != nil { return .notNow }
                    return .ended(
                        .refused,
                        "\(check.rules.policy.userGroups.unknownSentence(unknown)) Nothing was sent.",
                        offersAgain: true
                    )
                }
                return .ended(
                    .refused,
                    "The approvals are no longer enough: it needs \(permits.sentence) by the rules and groups as they are now.",
                    offersAgain: true
                )
            }
        }
    )
}
