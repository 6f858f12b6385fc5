import BotCore

extension Condition {
    /// The cluster still belongs to the project that people approved. A request must never leave with another project's
    /// credentials.
    static let isWhereItWasAskedFor = Condition(
        name: "is where it was asked for",
        beforeSending: { check, change in
            guard let cluster = check.rules.cluster(change.cluster.id) else {
                return .ended(.refused, LastCheck.clusterGone)
            }
            guard cluster.project != change.cluster.project else { return nil }
            return .ended(
                .refused,
                "The cluster belongs to the project \(cluster.project) now, not to \(change.cluster.project) any more."
                    + " Ask again if it is still wanted."
            )
        }
    )
}
