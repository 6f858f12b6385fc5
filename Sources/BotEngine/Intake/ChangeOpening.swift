import BotCore

/// Turns a request into a change, refused or on its way.
struct ChangeOpening {
    let recorder: ChangeRecorder
    let rules: Rulebook

    /// Stores a change for a request. It comes back `preparing`, or `refused` with the reason as its outcome.
    /// - Parameter mayPostRefusal: whether the history channel hears of it where the policy refuses it.
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
        change.outcome = difference.map { "Asked again, because the cluster changed: \($0)." }
        let decision = rules.decide(change)
        if case .allowed(let permits) = decision { change.permits = permits }
        try recorder.open(change, detail: difference.map { ["difference": .string($0)] } ?? [:])
        switch decision {
        case .refused(let refusal):
            change.outcome = refusal.reason
            try recorder.apply(
                .refused,
                to: &change,
                .init(by: .bot, rule: refusal.rule, isAnnounced: mayPostRefusal)
            )
        case .allowed:
            if let hold = try writer.hold() {
                change.outcome = hold.sentence
                try recorder.apply(.refused, to: &change, .init(by: .bot))
            } else if let block = try writer.unsettled(on: asked.cluster.id, rules, at: recorder.now) {
                change.outcome = Self.closedSentence(block)
                try recorder.apply(.refused, to: &change, .init(by: .bot))
            } else {
                try recorder.show(change, isNew: true)
            }
        }
        return change
    }

    static func closedSentence(_ block: Change) -> String {
        "The outcome of #\(block.id) on this cluster is unknown, so nothing else is sent there until it is settled."
    }
}
