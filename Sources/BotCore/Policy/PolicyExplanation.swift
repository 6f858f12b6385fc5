/// A decision of the policy, put for people and programs that try the policy before it is in force.
package struct PolicyExplanation: Sendable {
    /// The permit with the least needs, the first of these in the order of the rules; nil if it is refused.
    package let permit: Permit?
    package let refusal: Refusal?
    /// The people who could approve under that permit, by name; empty where no approval is needed.
    package let approvers: [String]
}

extension Policy {
    /// Explains what is decided on a request.
    package func explain(_ request: Request) -> PolicyExplanation {
        switch decide(request) {
        case .refused(let refusal):
            return PolicyExplanation(permit: nil, refusal: refusal, approvers: [])
        case .allowed(let permits):
            guard let least = permits.min(by: { $0.needs.weight < $1.needs.weight }) else {
                preconditionFailure("a request is allowed by at least one rule")
            }
            let approvers = possibleApprovers([least], requester: request.actor).filter { name in
                mayRead(actor(named: name), channel: request.channel, cluster: request.cluster) == nil
            }
            return PolicyExplanation(permit: least, refusal: nil, approvers: approvers.sorted())
        }
    }
}

extension Needs {
    /// How much is needed, to compare: nothing, the requester's own word, or other people, by their number.
    package var weight: Int {
        switch self {
        case .nothing: 0
        case .confirmation: 1
        case .approvals(let needs): 1 + needs.entries.reduce(0) { $0 + $1.count }
        }
    }
}

extension PolicyExplanation {
    /// The explanation for programs: `{decision, rule, needs, approvals, approvers, floors, reason, fix}`; null where one
    /// does not apply.
    package var json: JSONValue {
        var approvals = JSONValue.null
        if case .approvals(let needs)? = permit?.needs {
            approvals = .array(
                needs.entries.map { .object(["from": .string($0.from), "count": .int($0.count)]) }
            )
        }
        return .object([
            "decision": .string(permit == nil ? "refused" : "allowed"),
            "rule": (permit?.rule ?? refusal?.rule).map(JSONValue.string) ?? .null,
            "needs": permit.map { .string($0.needs.word) } ?? .null,
            "approvals": approvals,
            "approvers": approvals == .null ? .null : .array(approvers.map(JSONValue.string)),
            "floors": permit.map { .array($0.floors.map(JSONValue.string)) } ?? .null,
            "reason": refusal.map { .string($0.reason) } ?? .null,
            "fix": refusal?.fix.map(JSONValue.string) ?? .null,
        ])
    }
}

extension Needs {
    /// The word for its kind: `none`, `confirmation` or `approvals`.
    package var word: String {
        switch self {
        case .nothing: "none"
        case .confirmation: "confirmation"
        case .approvals: "approvals"
        }
    }
}
