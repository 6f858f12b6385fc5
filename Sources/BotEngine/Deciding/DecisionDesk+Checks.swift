import BotCore

/// The checks before a decision. Each but ``mayDecide(_:_:)`` gives a sentence that says what is in the way; nil if
/// nothing is.
extension DecisionDesk {
    func waits(_ change: Change, for what: String) -> String? {
        guard change.state != .pending else { return nil }
        if change.state == .preparing { return "#\(change.id) is still being prepared; its plan comes in a moment." }
        return "#\(change.id) no longer waits for \(what): it is \(change.state.rawValue)."
            + (change.recorded.map { " \($0.short)" } ?? "")
    }

    func tooLate(_ change: Change, _ what: String) -> String {
        "#\(change.id) can no longer be \(what): it is \(change.state.rawValue)."
            + (change.recorded.map { " \($0.short)" } ?? "")
    }

    func unlisted(_ actor: Actor) -> String {
        let account = actor.account.map { "\($0)" } ?? "?"
        return
            "Your account `\(account)` is not listed under `people`, so it cannot decide.\(rules.policy.contactSentence)"
    }

    /// Returns whether the person is asked by any of the change's permits, by the groups as they are now, and may read
    /// its cluster.
    func mayDecide(_ change: Change, _ person: String) -> Bool {
        rules.policy.askedFor(change.permits, requester: change.requester).contains(person)
            && rules.mayRead(change, person: person)
    }

    /// Checks that people decide on what they saw. The digest on a button must be that of the plan. For a typed
    /// decision the card must be posted, and the digits, if there are any, must begin the plan's digest.
    /// - Parameter isShown: whether the plan was shown without a card.
    func notSeen(
        _ named: PlanNamed,
        _ change: Change,
        in channel: Channel,
        isShown: Bool = false
    ) throws -> String? {
        switch named {
        case .button(let digest):
            guard digest != change.plan?.digest else { return nil }
            return "That button belongs to another plan than #\(change.id) has. Nothing was done."
        case .typed(let digits):
            guard try isShown || recorder.writer.posts(of: change.id).contains(where: \.showsPlan) else {
                return
                    "The card of #\(change.id) with its plan is not posted yet, so nobody can have seen what they agree to. "
                    + "Nothing was done. Look at `\(rules.commandWords[channel]) show \(change.id)`, and try again when it is there."
            }
            guard let digits, change.plan?.digest.hasPrefix(digits) != true else { return nil }
            return "The plan of #\(change.id) does not begin with `\(digits)` but with "
                + "`\(change.plan?.digest.prefix(12) ?? "")`. Nothing was done."
        }
    }

    /// Ends a change whose time is over, and says so.
    func expired(_ change: inout Change) throws -> String? {
        guard let expiry = change.expiresAt, recorder.now >= expiry else { return nil }
        try Expiry.expire(&change, recorder)
        return "#\(change.id) expired before that. Ask again if it is still wanted. \(change.recorded?.short ?? "")"
    }
}
