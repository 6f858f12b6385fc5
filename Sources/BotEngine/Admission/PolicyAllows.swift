import BotCore

extension Condition {
    /// The policy allows the request; the change keeps what it needs. Before sending, ``isAllowedAndAgreedTo`` asks the
    /// policy again.
    static let policyAllows = Condition(
        name: "policy allows",
        whenOpened: { opening, change in
            switch opening.rules.decide(change) {
            case .refused(let refusal):
                return opening.rules.policy.namingPeople(refusal, opening.rules.request(change))
            case .allowed(let permits):
                change.permits = permits
                return nil
            }
        }
    )
}
