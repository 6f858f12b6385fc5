import BotCore

/// Compares plans that wait for people with their cluster after another change was carried out there.
struct PendingPlans: Sendable {
    let context: EngineContext

    /// Reads a cluster, and replaces each of its pending changes whose plan no longer fits.
    func review(cluster id: Int) async throws {
        let rules = context.rulebook
        guard let cluster = rules.cluster(id), context.clusters.readsBack else { return }
        let waiting = try await context.store.read { try $0.changes(cluster: id, in: [.pending]) }
        guard !waiting.isEmpty else { return }
        let wantsIPs = waiting.contains { $0.spec?.readsReservedIPs == true }
        guard let seen = try? await context.clusters.read(cluster, withReservedIPs: wantsIPs) else { return }
        // The comparison is made before the transaction, so that the writing thread is used only for plans that no
        // longer fit. A pending plan never changes.
        for change in waiting where change.drift(from: seen, rules) != nil {
            try await context.store.write { writer in
                // The rules are taken anew: they may have been replaced while the cluster was read.
                let rules = context.rulebook
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
    /// Returns how the cluster differs from the change's plan, in words; nil if the plan still fits.
    fileprivate func drift(from seen: ClusterReading, _ rules: Rulebook) -> String? {
        guard let spec, let plan else { return nil }
        return plan.drift(from: spec.compared(parameters, seen), spec.statusCounts, rules.statuses)
    }
}
