import BotCore

extension Condition {
    /// The cluster still belongs to the project that people approved. A request must never leave with another project's
    /// credentials.
    static let isWhereItWasAskedFor = Condition(
        name: "is where it was asked for",
        beforeSending: { check, change in notWhereItWas(change, check.rules).map { .ended(.refused, $0) } }
    )

    /// Returns the reason why a change is not where it was asked for; nil if it is.
    static func notWhereItWas(_ change: Change, _ rules: Rulebook) -> String? {
        guard let cluster = rules.cluster(change.cluster.id) else { return LastCheck.clusterGone }
        guard cluster.project != change.cluster.project else { return nil }
        return "The cluster belongs to the project \(cluster.project) now, not to \(change.cluster.project) any more."
            + " Ask again if it is still wanted."
    }
}
