import BotCore

/// `confirm 17 [plan DIGITS]`: the requester says that it is still wanted.
package struct Confirm: Command, ChangeDecision {
    package static let form = CommandForm(
        "confirm",
        summary: "say that your own change shall be done as its card shows it",
        topic: .decide,
        examples: ["confirm 17"],
        isAboutChange: true
    )

    package let change: Int
    package let plan: PlanNamed

    package init(change: Int, plan: PlanNamed = .typed(nil)) {
        self.change = change
        self.plan = plan
    }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        let change = try grammar.changeNumber(&words) { "confirm \($0)" }
        let digest = try grammar.planDigest(&words, behind: "confirm \(change)")
        try grammar.end(&words, deciding: "confirming", change, example: "confirm \(change)")
        return Self(change: change, plan: .typed(digest))
    }

    func decide(_ change: inout Change, by actor: Actor, in channel: Channel, at desk: DecisionDesk) throws
        -> DecisionResult
    {
        if let problem = desk.waits(change, for: "a confirmation") { return .notDone(problem) }
        guard actor.isSamePerson(as: change.requester) else {
            return .notDone("Only \(change.requester.shownName), who asked for #\(change.id), can confirm it.")
        }
        // The account asked for it, but nobody lists it any more. It may still withdraw its change, and can set nothing
        // going.
        guard desk.rules.policy.isKnown(actor) else { return .notDone(desk.unlisted(actor)) }
        guard change.permits.contains(where: { $0.needs == .confirmation }) else {
            return .notDone(
                "#\(change.id) does not wait for a confirmation; it needs \(change.permits.sentence)."
            )
        }
        let notSeen = try desk.notSeen(plan, change, in: channel, isShown: desk.seesPlans)
        if let problem = try notSeen ?? desk.expired(&change) { return .notDone(problem) }
        guard let stored = change.plan else { return .notDone("#\(change.id) has no plan yet.") }
        guard try desk.insert(.confirmed, on: change, by: actor) else {
            return .notDone("You have decided on #\(change.id) already.")
        }
        try desk.goOn(&change, after: .confirmed, by: actor, of: stored, nil)
        return .done(
            "you confirmed #\(change.id); it \(try desk.recorder.writer.standing(of: change, desk.rules, at: desk.recorder.now))."
        )
    }
}
