import BotCore

/// The checks before a decision. Each but ``mayDecide(_:_:)`` gives a sentence that says what is in the way; nil if
/// nothing is.
extension DecisionDesk {
    func waits(_ change: Change, for what: String) -> String? {
        guard change.state != .pending else { return nil }
        if change.state == .preparing { return "#\(change.id) is still being prepared; its plan comes in a moment." }
        return "#\(change.id) no longer waits for \(what): it \(change.standing)."
    }

    func tooLate(_ change: Change, _ what: String) -> String {
        "#\(change.id) can no longer be \(what): it \(change.standing)."
    }

    func unlisted(_ actor: Actor) -> String {
        let account = actor.account.map { "\($0)" } ?? "?"
        let unknown = rules.policy.hangingOnIdentity(of: actor)
        let notKnown = unknown.isEmpty ? "" : " \(rules.policy.userGroups.unknownSentence(unknown))"
        return
            "Your account `\(account)` is not listed under `people`, so it cannot decide.\(notKnown)"
            + rules.policy.contactSentence
    }

    /// Returns why an account that nobody lists can neither approve nor deny although it is in a user group; nil for
    /// everybody else.
    func onlyListedDecide(_ actor: Actor) -> String? {
        guard actor.person == nil, !rules.policy.userGroups.unlistedApprove else { return nil }
        return unlisted(actor)
    }

    /// Returns whether somebody is asked by any of the change's permits, by the groups as they are now, and may read its
    /// cluster.
    func mayDecide(_ change: Change, _ actor: Actor) -> Bool {
        guard let name = rules.policy.name(of: actor) else { return false }
        return rules.policy.askedFor(change.permits, requester: change.requester, asked: change.asked).contains(name)
            && rules.mayRead(change, name: name)
    }

    /// Returns why somebody is not asked, as far as that hangs on user groups; nil if it does not.
    func notAsked(_ change: Change, _ actor: Actor) -> String? {
        let policy = rules.policy
        let unknown = policy.unknown(in: change.groupsAsked)
        if !unknown.isEmpty { return "Nothing was done. \(policy.userGroups.unknownSentence(unknown))" }
        guard let name = policy.name(of: actor),
            change.groupsAsked.contains(where: { policy.approvers(in: $0, asked: nil).contains(name) })
        else { return nil }
        return "You joined the group after #\(change.id) was asked, so you do not count for it. "
            + "Somebody else in the group can decide, or it is asked again."
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
                    "The card of #\(change.id) with its plan is not posted yet, so nobody can have seen what they approve. "
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
        return "#\(change.id) expired before that. Ask again if it is still wanted."
    }
}
