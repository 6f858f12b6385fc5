import BotCore

/// `resolve 17 succeeded how you know`: a person's verdict on an unknown outcome.
package struct Resolve: Command, ChangeDecision {
    package static let form = CommandForm(
        "resolve",
        summary: "say what came of a change whose outcome is unknown, and how you know",
        topic: .decide,
        examples: ["resolve 17 succeeded how you know"],
        isAboutChange: true
    )

    package let change: Int
    package let succeeded: Bool
    package let reason: String

    package init(change: Int, succeeded: Bool, reason: String) {
        self.change = change
        self.succeeded = succeeded
        self.reason = reason
    }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        func example(_ change: Int, _ verdict: String = "succeeded") -> String {
            #"resolve \#(change) \#(verdict) "I saw it in the dashboard""#
        }
        let change = try grammar.changeNumber(&words) { example($0) }
        let verdict = try grammar.choice(
            &words,
            of: ["succeeded", "failed"],
            problem: "Say `succeeded` or `failed` behind the number.",
            example: example(change)
        )
        let right = example(change, verdict)
        guard let reason = try grammar.remark(&words, deciding: "a verdict", change, example: right) else {
            throw WrongInput("Say how you know, for everybody who asks later.", example: right)
        }
        return Self(change: change, succeeded: verdict == "succeeded", reason: reason)
    }

    func decide(_ change: inout Change, by actor: Actor, in channel: Channel, at desk: DecisionDesk) throws
        -> DecisionResult
    {
        if let problem = Self.obstacle(to: change, actor, in: channel, at: desk) { return .notDone(problem) }
        change.outcome = "\(actor.shownName) settled it as \(succeeded ? "succeeded" : "failed")."
        try desk.recorder.apply(
            succeeded ? .succeeded(.person) : .failed(.person),
            to: &change,
            .init(by: actor, policy: desk.rules.policy.digest, texts: ["reason": reason])
        )
        return .done(
            "#\(change.id) counts as \(change.state == .succeeded ? "done" : "failed") now."
        )
    }

    /// Returns what keeps somebody from saying what came of a change; nil if nothing does.
    static func obstacle(to change: Change, _ actor: Actor, in channel: Channel, at desk: DecisionDesk) -> String? {
        guard change.state == .unknown else {
            return "The outcome of #\(change.id) is not unknown; it \(change.standing)."
        }
        let request = Policy.Request(
            actor: actor,
            channel: channel,
            right: Right.resolve,
            cluster: desk.rules.present(change.cluster)
        )
        if case .refused(let refusal) = desk.rules.policy.decide(request) { return refusal.sentence }
        if case .approvals = change.metNeeds, desk.rules.policy.isSamePerson(actor, change.requester) {
            return "#\(change.id) needed another person's approval, so another person has to say what came of it."
        }
        return nil
    }
}
