import BotCore

extension StoreReader {
    /// Returns the change whose unknown outcome closes a cluster at this moment; nil if none does.
    func unsettled(on cluster: Int, _ rules: Rulebook, at now: Timestamp) throws -> Change? {
        try changes(cluster: cluster, in: [.unknown]).first { unknown in
            guard unknown.leavesNoTrace else { return true }
            // No read can ever prove these: they close the cluster only while the effect may still be under way.
            guard let ended = try intent(of: unknown.id)?.endedAt else { return true }
            return now < ended + rules.reconcile.after
        }
    }

    /// Returns whether a change may be sent to a cluster: nothing is under way there, and no unknown outcome closes it.
    func isFree(_ cluster: Int, _ rules: Rulebook, at now: Timestamp) throws -> Bool {
        guard try changes(cluster: cluster, in: [.sending]).isEmpty else { return false }
        return try unsettled(on: cluster, rules, at: now) == nil
    }
}

extension Change {
    /// Returns the sentences that say why nothing else is sent to its cluster while its outcome is unknown, and who can settle it.
    func closesClusterSentence(_ rules: Rulebook) -> String {
        let judges = rules.possibleJudges(self).prefix(Self.mostJudgesNamed)
            .map { rules.policy.people[$0] ?? "\($0)" }.joined(separator: " or ")
        return "The outcome of #\(id) on this cluster is unknown, so nothing else is sent there until it is settled."
            + (judges.isEmpty ? "" : " \(judges) can settle it.")
    }

    private static let mostJudgesNamed = 3

    /// Whether no read could ever show that it was carried out: it sets nothing that is read, or only values that were
    /// there before.
    var leavesNoTrace: Bool {
        guard let spec else { return false }
        guard let plan else { return spec.proof.isEmpty }
        return spec.proof.allSatisfy { plan.before[$0] != nil && plan.before[$0] == plan.after[$0] }
    }
}
