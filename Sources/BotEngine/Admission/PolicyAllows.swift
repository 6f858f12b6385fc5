import BotCore

extension Condition {
    /// The policy allows the request; the change keeps what it needs. Before sending, ``isAllowedAndAgreedTo`` asks the
    /// policy again.
    static let policyAllows = Condition(
        name: "policy allows",
        whenOpened: { opening, change in
            let mustLookUp = opening.rules.mustLookUp(for: opening.rules.request(change))
            switch opening.rules.decide(change) {
            // Only a rule that surely forbids it decides before it is looked up who is in a user group.
            case .refused(let refusal) where refusal.rule != nil || !mustLookUp:
                return refusal
            case _ where mustLookUp:
                // It is answered with its number, and decided while it is prepared.
                change.permits = []
                return nil
            case .refused(let refusal): return refusal
            case .allowed(let permits):
                change.permits = permits
                return nil
            }
        }
    )
}

extension Change {
    /// Whether the policy has decided on it. Before that nobody is told anything of its cluster: it may be that they may not
    /// even know of it.
    var isDecided: Bool { !permits.isEmpty }
}
