import BotCore
import BotEngine
import ConfigurationTree

/// What came of one case.
struct PolicyVerdict {
    /// What was found: what the policy decided, or why it could not be asked, such as a name that it does not know.
    enum Finding {
        case decided(PolicyExplanation)
        case notAsked(String)
    }

    let tried: PolicyCase
    let found: Finding

    /// Whether the policy says what the case expects.
    var holds: Bool {
        decidedWord == tried.expected.rawValue && (tried.rule == nil || tried.rule == decidedRule)
    }

    private var decided: PolicyExplanation? {
        if case .decided(let decided) = found { decided } else { nil }
    }

    /// What was decided, in the word of an expectation; nil if nothing was.
    private var decidedWord: String? {
        decided.map { $0.permit?.needs.word ?? PolicyCase.Expectation.refused.rawValue }
    }

    private var decidedRule: String? { decided?.permit?.rule ?? decided?.refusal?.rule }

    /// The case and what was decided, and why, in one line.
    var sentence: String {
        let place = tried.channel.map { " in \($0)" } ?? ""
        let expected = tried.expected.rawValue + (tried.rule.map { " by the rule “\($0)”" } ?? "")
        let words =
            switch found {
            case .decided(let decided): decided.sentence
            case .notAsked(let problem): problem
            }
        return "\(tried.somebody)\(place): `\(tried.line)` should be \(expected). \(words)"
    }

    var json: JSONValue {
        var reason = decided?.refusal?.reason
        if case .notAsked(let problem) = found { reason = problem }
        return .object([
            "line": .int(tried.place.line),
            "as": .string(tried.somebody),
            "in": tried.channel.map(JSONValue.string) ?? .null,
            "say": .string(tried.line),
            "holds": .bool(holds),
            "expected": .string(tried.expected.rawValue),
            "expected_rule": tried.rule.map(JSONValue.string) ?? .null,
            "decided": decidedWord.map(JSONValue.string) ?? .null,
            "rule": decidedRule.map(JSONValue.string) ?? .null,
            "reason": reason.map(JSONValue.string) ?? .null,
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
            ? " Can approve: \(approvers.isEmpty ? "nobody" : approvers.joined(separator: ", "))." : ""
        return "It is allowed and needs \(permit.needs.sentence) by \(permit.sentence).\(agree)"
    }
}
