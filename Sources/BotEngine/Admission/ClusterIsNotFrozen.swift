import BotCore

extension Condition {
    /// No freeze that covers the cluster is in force, or it excepts the change. What was asked before waits, as for a
    /// lock.
    static let clusterIsNotFrozen = Condition(
        name: "cluster is not frozen",
        whenOpened: { opening, change in
            guard change.replaces == nil, change.isDecided else { return nil }
            return try opening.recorder.writer.freeze(
                against: change.requester,
                change.action,
                on: change.cluster,
                opening.rules,
                at: opening.recorder.now
            ).map { $0.refusal(of: change, opening.rules) }
        },
        beforeSending: { check, change in
            try check.recorder.writer.freeze(
                against: change.requester,
                change.action,
                on: change.cluster,
                check.rules,
                at: check.recorder.now
            ) == nil ? nil : .notNow
        }
    )
}
