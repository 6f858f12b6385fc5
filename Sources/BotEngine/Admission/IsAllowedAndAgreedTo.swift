import BotCore

extension Condition {
    /// Policy and approvals are looked at once more: the approvals must meet the needs of the rules as they were when
    /// people were asked, and as they are now.
    static let isAllowedAndAgreedTo = Condition(
        name: "is allowed and agreed to",
        looksAtPlan: true,
        beforeSending: { check, change in
            switch check.rules.decide(change) {
            case .refused(let refusal): return .ended(.refused, refusal.sentence, rule: refusal.rule)
            case .allowed(let permits):
                let approvals = try check.recorder.writer.approvals(of: change.id)
                let consent = Consent(change: change, approvals: approvals, rules: check.rules)
                if consent.isEnough(for: permits) {
                    try check.recorder.writer.markCounted(consent.counted, change: change.id)
                    return nil
                }
                return .ended(
                    .refused,
                    "What was agreed is no longer enough: it needs \(permits.sentence) by the rules and groups as they are now."
                )
            }
        }
    )
}
