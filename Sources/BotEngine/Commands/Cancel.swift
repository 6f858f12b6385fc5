import BotCore

/// `cancel 17`: the requester withdraws a change that is not sent yet.
package struct Cancel: Command, ChangeDecision {
    package static let form = CommandForm(
        "cancel",
        summary: "withdraw a change of your own before it is sent",
        topic: .decide,
        examples: ["cancel 17"],
        isAboutChange: true
    )

    package let change: Int

    package init(change: Int) { self.change = change }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        let change = try grammar.changeNumber(&words) { "cancel \($0)" }
        try grammar.end(&words, deciding: "withdrawing", change, example: "cancel \(change)")
        return Self(change: change)
    }

    func decide(_ change: inout Change, by actor: Actor, in channel: Channel, at desk: DecisionDesk) throws
        -> DecisionResult
    {
        guard [.preparing, .pending, .ready].contains(change.state) else {
            return .notDone(desk.tooLate(change, "withdrawn"))
        }
        guard actor.isSamePerson(as: change.requester) else {
            return .notDone(
                "Only \(change.requester.shownName), who asked for #\(change.id), can withdraw it."
                    + " Those who could approve it can `deny \(change.id)` with a reason."
            )
        }
        change.outcome = "\(actor.shownName) withdrew it."
        try desk.recorder.apply(.cancelled, to: &change, .init(by: actor))
        return .done("you withdrew #\(change.id).")
    }
}
