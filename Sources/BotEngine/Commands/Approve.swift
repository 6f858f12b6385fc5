import BotCore

/// `approve 17 [plan DIGITS] [comment]`: a second person approves exactly the plan that they saw.
package struct Approve: Command, ChangeDecision {
    package static let form = CommandForm(
        "approve",
        summary: "approve a change of somebody else, exactly as its card shows it; a comment may follow",
        topic: .decide,
        examples: ["approve 17"],
        isAboutChange: true
    )

    package let change: Int
    package let comment: String?
    package let plan: PlanNamed

    package init(change: Int, comment: String? = nil, plan: PlanNamed = .typed(nil)) {
        self.change = change
        self.comment = comment
        self.plan = plan
    }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        let change = try grammar.changeNumber(&words) { "approve \($0)" }
        let digest = try grammar.planDigest(&words, behind: "approve \(change)")
        try grammar.refuseLess(words, change)
        let comment = try grammar.remark(&words, deciding: "approving", change, example: "approve \(change)")
        return Self(change: change, comment: comment, plan: .typed(digest))
    }

    func decide(_ change: inout Change, by actor: Actor, in channel: Channel, at desk: DecisionDesk) throws
        -> DecisionResult
    {
        if let problem = desk.waits(change, for: "an approval") { return .notDone(problem) }
        if let problem = desk.onlyListedDecide(actor) { return .notDone(problem) }
        guard !desk.rules.policy.isSamePerson(actor, change.requester) else {
            return .notDone(
                "You asked for #\(change.id) yourself, so somebody else has to approve it. "
                    + "To withdraw it: `\(desk.rules.commandWords[channel]) cancel \(change.id)`"
            )
        }
        guard desk.rules.policy.countsApprovals(by: actor) else {
            let account = actor.account.map { "`\($0)`" } ?? "this account"
            return .notDone("Approvals by \(account) do not count. Approve #\(change.id) where its card is.")
        }
        guard desk.mayDecide(change, actor) else {
            if let problem = desk.notAsked(change, actor) { return .notDone(problem) }
            return .notDone(
                "#\(change.id) needs \(change.permits.sentence); you are in none of these groups.\(try othersWhoCan(change, desk))"
            )
        }
        if let problem = try desk.notSeen(plan, change, in: channel) ?? desk.expired(&change) {
            return .notDone(problem)
        }
        guard let stored = change.plan else { return .notDone("#\(change.id) has no plan yet.") }
        guard try desk.insert(.approved, on: change, by: actor, comment: comment) else {
            return .notDone("You have decided on #\(change.id) already.")
        }
        try desk.goOn(&change, after: .approved, by: actor, of: stored, comment)
        return .done(
            "you approved #\(change.id); it \(try desk.recorder.writer.standing(of: change, desk.rules, at: desk.recorder.now))."
        )
    }

    /// Returns a few of those who can still approve, as a sentence: ` bob or carol can.` Empty where nobody can.
    private func othersWhoCan(_ change: Change, _ desk: DecisionDesk) throws -> String {
        let approvals = try desk.recorder.writer.approvals(of: change.id)
        let people = Deciders(change, approvals, desk.rules, now: desk.recorder.now).people.prefix(Policy.mostPeople)
        guard let last = people.last else { return "" }
        let others = people.dropLast().joined(separator: ", ")
        return " \(others.isEmpty ? last : "\(others) or \(last)") can."
    }
}
