import BotCore
import BotEngine
import ConfigurationTree

/// What came of one case.
struct PolicyVerdict {
    let tried: PolicyCase
    let decided: PolicyExplanation

    /// Whether the policy says what the case expects.
    var holds: Bool {
        decidedWord == tried.expected.rawValue && (tried.rule == nil || tried.rule == decidedRule)
    }

    private var decidedWord: String { decided.permit?.needs.word ?? PolicyCase.Expectation.refused.rawValue }
    private var decidedRule: String? { decided.permit?.rule ?? decided.refusal?.rule }

    /// The case and what was decided, and why, in one line.
    var sentence: String {
        let place = tried.channel.map { " in \($0)" } ?? ""
        let expected = tried.expected.rawValue + (tried.rule.map { " by the rule “\($0)”" } ?? "")
        return "\(tried.somebody)\(place): `\(tried.line)` should be \(expected). \(decided.sentence)"
    }

    var json: JSONValue {
        .object([
            "line": .int(tried.place.line),
            "as": .string(tried.somebody),
            "in": tried.channel.map(JSONValue.string) ?? .null,
            "say": .string(tried.line),
            "holds": .bool(holds),
            "expected": .string(tried.expected.rawValue),
            "expected_rule": tried.rule.map(JSONValue.string) ?? .null,
            "decided": .string(decidedWord),
            "rule": decidedRule.map(JSONValue.string) ?? .null,
            "reason": decided.refusal.map { .string($0.reason) } ?? .null,
        ])
    }
}

extension PolicyExplanation {
    /// The decision in words.
    var sentence: String {
        if let refusal {
            return "It is refused: \(refusal.reason)" + (refusal.fix.map { " \($0)" } ?? "")
        }
        guard let permit else { return "It is refused." }
        let agree =
            permit.needs.word == "approvals"
            ? " Could agree: \(approvers.isEmpty ? "nobody" : approvers.joined(separator: ", "))." : ""
        return "It is allowed and needs \(permit.needs.sentence) by the rule “\(permit.rule)”.\(agree)"
    }
}
