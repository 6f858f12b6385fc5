import BotCore

/// Looks at plans that wait for people after another change of their cluster came to its end.
struct PendingPlans: Sendable {
    let context: EngineContext

    /// Replaces every pending change of the cluster whose plan a fresh read no longer fits.
    func review(cluster id: Int) async throws {
        let rules = context.rulebook
        guard let cluster = rules.cluster(id), context.clusters.readsBack else { return }
        let waiting = try await context.store.read { try $0.changes(cluster: id, in: [.pending]) }
        guard !waiting.isEmpty else { return }
        let wantsIPs = waiting.contains { $0.spec?.readsReservedIPs == true }
        guard let seen = try? await context.clusters.read(cluster, withReservedIPs: wantsIPs) else { return }
        // Compared out here: the writer is kept only for the plans that no longer fit. A pending plan never changes.
        for change in waiting where change.drift(from: seen, rules) != nil {
            try await context.store.write { writer in
                guard var current = try writer.change(change.id), current.state == .pending,
                    let drift = current.drift(from: seen, rules)
                else { return }
                try Superseding(recorder: context.recorder(writer), rules: rules).supersede(&current, because: drift)
            }
        }
        context.ringAll()
    }
}

extension Change {
    /// How the cluster differs from what the change was planned for; nil if its plan still fits.
    fileprivate func drift(from seen: ClusterReading, _ rules: Rulebook) -> String? {
        guard let spec, let plan else { return nil }
        return plan.drift(from: spec.compared(parameters, seen), spec.statusCounts, rules.statuses)
    }
}
