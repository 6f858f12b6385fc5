import BotCore

extension StoreReader {
    /// Returns the lock that is in force on a cluster; nil if there is none.
    func lock(on cluster: Int, at now: Timestamp) throws -> ClusterLock? {
        try lock(on: cluster).flatMap { $0.isInForce(at: now) ? $0 : nil }
    }

    /// Returns all freezes that are in force, from chat and of the configuration.
    func freezes(_ rules: Rulebook, at now: Timestamp) throws -> [Freeze] {
        let typed = try freezes().filter { $0.isInForce(at: now) }
        let configured = rules.freezes.filter { $0.isInForce(at: now) }
        guard !configured.isEmpty else { return typed }
        let told = try toldFreezes()
        return typed + configured.filter { freeze in !told.contains { $0.isAbout(freeze) && $0.endedAt != nil } }
    }

    /// Returns what closes a cluster for somebody; nil if nothing does.
    func lock(against actor: Actor, on cluster: Cluster, _ rules: Rulebook, at now: Timestamp) throws -> Closure? {
        guard let lock = try lock(on: cluster.id, at: now), lock.closes(for: actor, rules.policy) else { return nil }
        return .lock(lock)
    }

    /// Returns the freeze, of all that keep somebody's action from a cluster, that lasts longest; nil if none does.
    func freeze(
        against actor: Actor,
        _ action: String,
        on cluster: Cluster,
        _ rules: Rulebook,
        at now: Timestamp
    ) throws -> Closure? {
        let cluster = rules.present(cluster)
        return try freezes(rules, at: now)
            .filter {
                $0.covers(cluster)
                    && !$0.excepts(action, on: cluster, by: rules.policy.asListedNow(actor), rules.policy)
            }
            .max { $0.until < $1.until }.map(Closure.freeze)
    }

    /// Returns what keeps a change from being sent, if it waits for nothing else; nil if nothing does.
    func closure(for change: Change, _ rules: Rulebook, at now: Timestamp) throws -> Closure? {
        try closure(for: change.requester, change.action, on: change.cluster, rules, at: now)
    }

    /// Returns what keeps somebody's action from a cluster, a lock before a freeze; nil if nothing does.
    func closure(
        for actor: Actor,
        _ action: String,
        on cluster: Cluster,
        _ rules: Rulebook,
        at now: Timestamp
    ) throws -> Closure? {
        try lock(against: actor, on: cluster, rules, at: now)
            ?? freeze(against: actor, action, on: cluster, rules, at: now)
    }

    /// Returns the first ready change of a cluster, in the order of becoming ready, that nothing closes it for; nil if
    /// there is none.
    /// - Parameter first: the cluster's first ready change.
    func firstOpen(_ first: Change, _ rules: Rulebook, at now: Timestamp) throws -> Change? {
        guard try closure(for: first, rules, at: now) != nil else { return first }
        // Whoever holds the lock, or is excepted, does not wait behind those who must.
        return try changes(cluster: first.cluster.id, in: [.ready])
            .sorted { ($0.readyOrder ?? 0, $0.id) < ($1.readyOrder ?? 0, $1.id) }
            .first { try closure(for: $0, rules, at: now) == nil }
    }

    /// Returns for each of these changes that a lock or a freeze will keep a note that says so, by number. Of what waits for
    /// nothing else its standing says it.
    func notes(on open: [Change], _ rules: Rulebook, at now: Timestamp) throws -> [Int: String] {
        var notes: [Int: String] = [:]
        for change in open where [.preparing, .pending].contains(change.state) {
            if let closure = try closure(for: change, rules, at: now) { notes[change.id] = " – waits: \(closure.note)" }
        }
        return notes
    }

    /// Returns what closes a cluster for those who hold no lock of it and are no exception of a freeze.
    func closures(of cluster: Cluster, _ rules: Rulebook, at now: Timestamp) throws -> [Closure] {
        let lock = try lock(on: cluster.id, at: now).map(Closure.lock)
        let frozen = try freezes(rules, at: now).filter { $0.covers(rules.present(cluster)) }.map(Closure.freeze)
        return [lock].compactMap(\.self) + frozen
    }
}
