import BotCore

extension Condition {
    /// Nobody else holds the cluster's lock. What was asked before waits, also if it is asked anew because its cluster
    /// changed.
    static let clusterIsNotLocked = Condition(
        name: "cluster is not locked",
        whenOpened: { opening, change in
            guard change.replaces == nil, change.isDecided else { return nil }
            return try opening.recorder.writer.lock(
                against: change.requester,
                on: change.cluster,
                opening.rules,
                at: opening.recorder.now
            ).map { $0.refusal(of: change, opening.rules) }
        },
        beforeSending: { check, change in
            try check.recorder.writer.lock(
                against: change.requester,
                on: change.cluster,
                check.rules,
                at: check.recorder.now
            ) == nil ? nil : .notNow
        }
    )
}

extension Closure {
    /// The refusal of a change that is asked for while it is in force.
    func refusal(of change: Change, _ rules: Rulebook) -> Refusal {
        Refusal(reason: sentence(on: change.cluster, for: change.requester, in: change.channel, rules))
    }
}
