import BotCore

/// What keeps a change from being sent that nobody has to decide on any more.
enum Wait {
    /// A lock that somebody else holds, or a freeze.
    case closure(Closure)
    /// The change with this number, which is sent to the same cluster before it.
    case turn(behind: Int)
    /// The outcome of the change with this number, which is unknown.
    case outcome(of: Int)

    var sign: String { if case .closure(let closure) = self { closure.sign } else { "⏳" } }

    /// The wait in words, with back-ticks around times: `waits: locked by bob until …: “why”`, `after #1 on prod-train`.
    func words(on cluster: Cluster) -> String {
        switch self {
        case .closure(let closure): "waits: \(closure.explanation)"
        case .turn(let change): "after #\(change) on \(cluster.name)"
        case .outcome(let change): "waits until it is known what came of #\(change)"
        }
    }

    /// The same behind "it": `waits for #1 on prod-train`.
    func standing(on cluster: Cluster) -> String {
        if case .turn(let change) = self { return "waits for #\(change) on \(cluster.name)" }
        return words(on: cluster)
    }
}

extension StoreReader {
    /// Returns what a change waits for, besides people and the cluster itself; nil if nothing is in its way. For one that people
    /// decide on it is what will keep it afterwards.
    func wait(of change: Change, _ rules: Rulebook, at now: Timestamp) throws -> Wait? {
        guard [.pending, .ready].contains(change.state) else { return nil }
        if let closure = try closure(for: change, rules, at: now) { return .closure(closure) }
        guard change.state == .ready else { return nil }
        if let ahead = try changeAhead(of: change) { return .turn(behind: ahead) }
        return try unsettled(on: change.cluster.id, rules, at: now).map { .outcome(of: $0.id) }
    }

    /// Returns the change of the same cluster that is sent before a ready one; nil if none is.
    private func changeAhead(of change: Change) throws -> Int? {
        guard change.state == .ready, let order = change.readyOrder else { return nil }
        let others = try changes(cluster: change.cluster.id, in: [.ready, .sending]).filter { $0.id != change.id }
        let next = others.filter { ($0.readyOrder ?? .max) < order }.max { $0.readyOrder ?? 0 < $1.readyOrder ?? 0 }
        return (next ?? others.first { $0.state == .sending })?.id
    }
}

extension ChangeRecorder {
    /// Wants the cards of all that waits on these clusters anew: what they wait for has begun or ended.
    func showWaits(on clusters: [Cluster]) throws {
        for cluster in clusters {
            for change in try writer.changes(cluster: cluster.id, in: [.pending, .ready]) { try showAnew(change) }
        }
    }

    /// Wants the card anew of the one change that waited right behind this one, which has left the queue of its cluster.
    func showWait(behind change: Change) throws {
        guard let order = change.readyOrder else { return }
        let behind = try writer.changes(cluster: change.cluster.id, in: [.ready]).filter {
            ($0.readyOrder ?? 0) > order
        }
        if let next = behind.min(by: { $0.readyOrder ?? 0 < $1.readyOrder ?? 0 }) { try showAnew(next) }
    }

    private func showAnew(_ change: Change) throws {
        var change = change
        change.revision += 1
        try writer.update(change)
        try show(change)
    }
}
