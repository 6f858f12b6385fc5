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

    /// The wait in words, with back-ticks around times: `locked by bob until …: “why”`, `after #1 on prod-train`.
    func words(on cluster: Cluster) -> String {
        switch self {
        case .closure(let closure): closure.explanation
        case .turn(let change): "after #\(change) on \(cluster.name)"
        case .outcome(let change): "waits until it is known what came of #\(change)"
        }
    }

    /// The same behind "it": `waits for #1 on prod-train`.
    func standing(on cluster: Cluster) -> String {
        switch self {
        case .closure(let closure): "waits, because \(cluster.name) is \(closure.explanation)"
        case .turn(let change): "waits for #\(change) on \(cluster.name)"
        case .outcome: words(on: cluster)
        }
    }
}

extension StoreReader {
    /// Returns what a change waits for, besides people and the cluster itself; nil if nothing is in its way. For one that people
    /// decide on it is what will keep it afterwards.
    func wait(of change: Change, _ rules: Rulebook, at now: Timestamp) throws -> Wait? {
        guard [.pending, .ready].contains(change.state) else { return nil }
        if let closure = try closure(for: change, rules, at: now) { return .closure(closure) }
        guard change.state == .ready else { return nil }
        if let ahead = try changeAhead(of: change, rules, at: now) { return .turn(behind: ahead) }
        return try unsettled(on: change.cluster.id, rules, at: now).map { .outcome(of: $0.id) }
    }

    /// Returns the change of the same cluster that is sent before a ready one, which nothing closes it for; nil if none is.
    private func changeAhead(of change: Change, _ rules: Rulebook, at now: Timestamp) throws -> Int? {
        let order = (change.readyOrder ?? .max, change.id)
        let others = try changes(cluster: change.cluster.id, in: [.ready, .sending]).filter { $0.id != change.id }
        // What a lock or a freeze keeps is passed by.
        let before = try others.filter {
            try $0.state == .ready && ($0.readyOrder ?? .max, $0.id) < order && closure(for: $0, rules, at: now) == nil
        }
        let next = before.max { ($0.readyOrder ?? .max, $0.id) < ($1.readyOrder ?? .max, $1.id) }
        return (next ?? others.first { $0.state == .sending })?.id
    }
}
