import BotCore

/// Reads a cluster, and makes the plan of exactly what a change will do to it.
struct PlanMaker: Sendable {
    let control: any ClusterControl

    /// Reads what an action's plan needs. Returns nil where clusters are not read, and where the read failed and the
    /// plan can do without it.
    /// - Parameter arguments: what was asked for, where it is to be planned; nil where it is only compared with its plan.
    /// - Throws: ``ReadProblem`` if the read failed and the action cannot be planned without it.
    func read(
        _ cluster: Cluster,
        for spec: ActionSpec,
        _ arguments: [String: JSONValue]?
    ) async throws(ReadProblem) -> ClusterReading? {
        guard control.readsBack else { return nil }
        // The cluster is read last: what is compared must be fresh.
        let lists =
            arguments == nil || spec.lists.isEmpty
            ? [:] : await control.lists(spec.lists, of: cluster, isFresh: false)
        var seen: ClusterReading
        do {
            seen = try await control.read(cluster, withReservedIPs: spec.readsReservedIPs)
        } catch {
            if spec.needsReading { throw error }
            return nil
        }
        seen.lists = lists
        guard let arguments, !lists.isEmpty else { return seen }
        do {
            _ = try spec.resolve(arguments, seen)
        } catch {
            // What is missing may have been made since the lists were read.
            seen.lists = await control.lists(spec.lists, of: cluster, isFresh: true)
        }
        return seen
    }

    /// Makes the plan.
    /// - Throws: ``PlanProblem`` if the request makes no sense with what the read showed.
    func plan(_ change: Change, _ spec: ActionSpec, _ seen: ClusterReading?, expiresAt: Timestamp?) throws(PlanProblem)
        -> Planned
    {
        let parameters = try spec.resolve(change.arguments, seen)
        let before = seen.map { spec.compared(parameters, $0) } ?? [:]
        let after = before.isEmpty ? [:] : spec.expected(change.cluster.id, parameters, before)
        var cautions = spec.cautions(parameters, seen)
        let unread = spec.lists.filter { seen?.list($0)?.isComplete != true }.map(\.rawValue).sorted()
        if control.readsBack, !unread.isEmpty {
            cautions.append(
                "\(Plan.notChecked): the list of \(unread.joined(separator: " and ")) could not be read, or is not this cluster's."
            )
        }
        if let status = seen?.status, status.lowercased() != Self.running {
            cautions.append("The cluster's status is \(status), not Running; the API may refuse.")
        }
        let plan = Plan(
            change: change.id,
            requester: change.requester,
            call: control.call(spec, parameters: parameters, on: change.cluster),
            before: before,
            after: after,
            effect: spec.effect(
                Effect(
                    cluster: change.cluster.name,
                    arguments: change.arguments,
                    parameters: parameters,
                    before: before,
                    after: after,
                    seen: seen
                )
            ),
            cautions: cautions,
            expiresAt: expiresAt
        )
        return Planned(plan: plan, parameters: parameters)
    }

    /// The status in which the API accepts actions.
    private static let running = "running"
}

extension Plan {
    /// Returns how the cluster as read now differs from the one the plan was made for, in a sentence; nil if the plan
    /// still fits. A field that the plan has and the read does not show is a difference: nothing is guessed. A status
    /// counts by its kind: a cluster that runs again after a restart is as it was.
    func drift(
        from now: [String: JSONValue],
        _ statusCounts: ActionSpec.StatusCounts,
        _ kinds: StatusKinds
    ) -> String? {
        let differences = before.keys.sorted().compactMap { field -> String? in
            guard let then = before[field], now[field] != then else { return nil }
            if field == ActionSpec.status, let status = now[field]?.string,
                !statusCounts.differs(from: then.string ?? "", to: status, kinds)
            {
                return nil
            }
            return "\(Self.words[field] ?? field): \(then.listed) → \(now[field]?.listed ?? "not shown")"
        }
        return differences.isEmpty ? nil : differences.joined(separator: ", ")
    }
}

extension Plan {
    /// What people call the compared fields.
    private static let words = [
        "no_of_nodes": "nodes", "image_version": "image", "ssh_keys": "SSH keys", "ip_owner": "attached to",
    ]
}

extension ActionSpec.StatusCounts {
    /// Returns whether a plan no longer fits because of the status.
    fileprivate func differs(from then: String, to now: String, _ kinds: StatusKinds) -> Bool {
        switch self {
        case .onlyDeleted: now.lowercased() == Self.deleted && then.lowercased() != Self.deleted
        case .byKind: kinds.kind(of: now) == .down && kinds.kind(of: then) != .down
        }
    }

    private static let deleted = "deleted"
}
