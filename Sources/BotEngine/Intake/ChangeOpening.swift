import BotCore

/// Turns a request into a stored change.
struct ChangeOpening {
    let recorder: ChangeRecorder
    let rules: Rulebook

    /// Stores a change for a request. Returns it `preparing`, or `refused` with the reason as its outcome.
    /// - Parameter mayPostRefusal: whether the history channel hears of it if it is refused.
    func open(
        _ asked: AskedChange,
        by actor: Actor,
        in channel: Channel,
        typedAt: Timestamp,
        replyHandle: String?,
        request: String? = nil,
        mayPostRefusal: Bool = true,
        replaces: Int? = nil,
        addedReasons: [String] = [],
        difference: String? = nil
    ) throws -> Change {
        let writer = recorder.writer
        var change = Change(
            id: try writer.nextChangeID(),
            cluster: asked.cluster,
            action: asked.action,
            arguments: asked.arguments,
            requester: actor,
            channel: channel,
            reason: asked.reason,
            replaces: replaces,
            replyHandle: replyHandle,
            typedAt: typedAt,
            createdAt: recorder.now,
            request: request,
            state: .preparing,
            policy: rules.policy.digest
        )
        change.addedReasons = addedReasons
        change.outcome = difference.map { "Asked again, because the cluster changed (\($0))." }
        let refusal = try refusal(&change)
        try recorder.open(change, detail: difference.map { ["difference": .string($0)] } ?? [:])
        if let refusal {
            change.outcome = refusal.sentence
            try recorder.apply(
                .refused,
                to: &change,
                .init(by: .bot, rule: refusal.rule, isAnnounced: mayPostRefusal)
            )
        } else {
            try recorder.show(change, isNew: true)
        }
        return change
    }

    /// Returns the refusal of the first condition that does not hold; nil if all hold.
    /// - Parameter isDecided: whether the policy was asked already.
    func refusal(_ change: inout Change, isDecided: Bool = false) throws -> Refusal? {
        for condition in Condition.all where !(isDecided && condition.name == Condition.policyAllows.name) {
            if let refusal = try condition.whenOpened?(self, &change) { return refusal }
        }
        return nil
    }
}
