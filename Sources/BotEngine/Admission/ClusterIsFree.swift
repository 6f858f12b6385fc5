import BotCore

extension Condition {
    /// Nothing is under way on the cluster, and no unknown outcome closes it.
    static let clusterIsFree = Condition(
        name: "cluster is free",
        whenOpened: { opening, change in
            guard change.isDecided else { return nil }
            let now = opening.recorder.now
            return try opening.recorder.writer.unsettled(on: change.cluster.id, opening.rules, at: now)
                .map { Refusal(reason: $0.closesClusterSentence(opening.rules)) }
        },
        beforeSending: { check, change in
            try check.recorder.writer.isFree(change.cluster.id, check.rules, at: check.recorder.now) ? nil : .notNow
        }
    )
}
