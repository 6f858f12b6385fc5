import BotCore

/// `deny 17 why`: one of those who could approve says no.
package struct Deny: Command, ChangeDecision {
    package static let form = CommandForm("deny", topic: .decide, examples: ["deny 17 why"])

    package let change: Int
    /// The reason; nil if a button was clicked.
    package let reason: String?

    package init(change: Int, reason: String?) {
        self.change = change
        self.reason = reason
    }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        let example = { (change: Int) in #"deny \#(change) "not during the training run""# }
        let change = try grammar.changeNumber(&words, example: example)
        guard let reason = try grammar.remark(&words, deciding: "denying", change, example: example(change)) else {
            throw WrongInput("Say why, so that the person who asked knows.", example: example(change))
        }
        return Self(change: change, reason: reason)
    }

    func decide(_ change: inout Change, by actor: Actor, in channel: Channel, at desk: DecisionDesk) throws
        -> DecisionResult
    {
        guard change.state == .pending || change.state == .ready else {
            return .notDone(desk.tooLate(change, "denied"))
        }
        if let problem = desk.onlyListedDecide(actor) { return .notDone(problem) }
        guard !desk.rules.policy.isSamePerson(actor, change.requester) else {
            return .notDone("You asked for #\(change.id) yourself. To withdraw it: `cancel \(change.id)`.")
        }
        guard desk.mayDecide(change, actor) else {
            if let problem = desk.notAsked(change, actor) { return .notDone(problem) }
            return .notDone("Only those who could approve #\(change.id) can deny it: \(change.permits.sentence).")
        }
        // The row of somebody who approved first stays an approval; only the history has both. The denial holds in any
        // case.
        _ = try desk.insert(.denied, on: change, by: actor, comment: reason)
        change.outcome = "\(actor.shownName) denied it."
        try desk.recorder.apply(
            .denied,
            to: &change,
            .init(by: actor, policy: desk.rules.policy.digest, texts: reason.map { ["reason": $0] } ?? [:])
        )
        return .done("you denied #\(change.id).")
    }
}
