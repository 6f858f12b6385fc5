import BotCore

extension Intake {
    /// Returns how far a change is, for somebody who waits for it; nil if there is no such change for them.
    package func progress(of id: Int, for account: Account, in channel: Channel) async throws -> ChangeProgress? {
        let (rules, now) = (context.rulebook, context.clock.now)
        let actor = rules.policy.actor(account, name: account.description)
        return try await context.store.read { reader in
            guard let change = try reader.change(id), rules.mayRead(change, actor, in: channel) else { return nil }
            let message = ChangeMessage(
                change: change,
                approvals: try reader.approvals(of: id),
                verdictReason: try reader.verdictReason(of: change),
                rules: rules,
                now: now,
                wait: try reader.wait(of: change, rules, at: now)
            ).message
            let isCardPosted = try reader.posts(of: id).contains(where: \.showsPlan)
            let isTheirs = change.state == .pending && actor.isSamePerson(as: change.requester)
            return ChangeProgress(
                change: id,
                state: change.state,
                message: message.withoutButtons,
                version: "\(change.revision) \(isCardPosted)",
                confirmation: isTheirs ? message.value(of: .confirm) : nil,
                needsApprovals: change.state == .pending && change.needsApprovals,
                isCardPosted: isCardPosted,
                replacedBy: try reader.replacement(of: change)
            )
        }
    }
}

extension Message {
    /// Returns the value of a button of this kind; nil if there is none.
    fileprivate func value(of kind: Button.Kind) -> String? {
        for case .buttons(let buttons) in blocks {
            if let button = buttons.first(where: { $0.kind == kind }) { return button.value }
        }
        return nil
    }
}

extension Change {
    fileprivate var needsApprovals: Bool {
        permits.contains { if case .approvals = $0.needs { true } else { false } }
    }
}
