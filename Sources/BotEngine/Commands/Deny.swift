import BotCore

/// `deny 17 why`: one of those who could approve says no.
package struct Deny: Command, ChangeDecision {
    package static let form = CommandForm(
        "deny",
        summary: "end a request, and say why",
        topic: .decide,
        examples: ["deny 17 why"],
        isAboutChange: true
    )

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
        if change.state == .denied, let reason, try isTheirs(change, actor, desk) {
            return try add(reason, to: &change, by: actor, desk)
        }
        guard change.state == .pending || change.state == .ready else {
            return .notDone(desk.tooLate(change, "denied"))
        }
        if let problem = desk.onlyListedDecide(actor) { return .notDone(problem) }
        guard !desk.rules.policy.isSamePerson(actor, change.requester) else {
            return .notDone(
                "You asked for #\(change.id) yourself. To withdraw it: `\(desk.rules.commandWords[channel]) cancel \(change.id)`"
            )
        }
        guard desk.mayDecide(change, actor) else {
            if let problem = desk.notAsked(change, actor) { return .notDone(problem) }
            return .notDone(
                "Only those who could approve #\(change.id) can deny it. It needs \(change.permits.sentence)."
            )
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
        let sentence = "you denied #\(change.id). Nothing was sent."
        return reason == nil ? .done(sentence, next: .sayWhy) : .done(sentence)
    }

    /// The time within which somebody who denied by a button may say why.
    static let reasonWithin = Duration.seconds(3600)

    /// Returns whether this person denied the change.
    private func isTheirs(_ change: Change, _ actor: Actor, _ desk: DecisionDesk) throws -> Bool {
        guard let denial = try desk.recorder.writer.recordedEntry(of: change)?.record else { return false }
        let denier = Actor(person: denial.person, account: denial.account, name: denial.actorName)
        return desk.rules.policy.isSamePerson(denier, actor)
    }

    /// Adds the reason for a denial that was given without one.
    private func add(_ reason: String, to change: inout Change, by actor: Actor, _ desk: DecisionDesk) throws
        -> DecisionResult
    {
        let recorder = desk.recorder
        let said = "\(actor.shownName) denied it"
        let hasReason = try recorder.writer.verdictReason(of: change) != nil || change.outcome != "\(said)."
        guard !hasReason else { return .notDone("The reason why you denied #\(change.id) stands there already.") }
        guard recorder.now - change.updatedAt <= Self.reasonWithin else {
            return .notDone("You denied #\(change.id) more than an hour ago; a reason is no longer added.")
        }
        let head = try recorder.append(
            .reasonAdded,
            change,
            .init(
                by: actor,
                detail: ["state": .string(change.state.rawValue), "outcome": .string("\(said), and says why:")],
                texts: ["reason": reason]
            )
        )
        change.outcome = "\(said): “\(reason)”"
        try recorder.save(&change)
        try recorder.announce(head, of: change)
        return .done("your reason stands in #\(change.id) now.")
    }
}
