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
        case .outcome(let change): "until it is known what came of #\(change)"
        }
    }

    /// The same behind "it": `waits for #1 on prod-train`.
    func standing(on cluster: Cluster) -> String {
        switch self {
        case .closure(let closure): "waits, because \(cluster.name) is \(closure.explanation)"
        case .turn(let change): "waits for #\(change) on \(cluster.name)"
        case .outcome: "waits \(words(on: cluster))"
        }
    }
}

extension StoreReader {
    /// Returns what a change waits for, besides people and the cluster itself; nil if nothing is in its way. For one that people
    /// decide on it is what will keep it afterwards.
    func wait(of change: Change, _ rules: Rulebook, at now: Timestamp) throws -> Wait? {
        switch change.state {
        case .pending: try closure(for: change, rules, at: now).map(Wait.closure)
        case .ready: try waits(on: change.cluster.id, in: [.ready], rules, at: now)[change.id]
        default: nil
        }
    }

    /// Returns what the changes in these states wait for on a cluster, by their numbers; see ``wait(of:_:at:)``.
    func waits(
        on cluster: Int,
        in states: Set<ChangeState> = [.pending, .ready],
        _ rules: Rulebook,
        at now: Timestamp
    ) throws -> [Int: Wait] {
        var waits: [Int: Wait] = [:]
        // What is sent before the next one: what a lock or a freeze keeps is passed by.
        var ahead = try changes(cluster: cluster, in: [.sending]).first.map { Wait.turn(behind: $0.id) }
        ahead = try ahead ?? unsettled(on: cluster, rules, at: now).map { .outcome(of: $0.id) }
        let waiting = try changes(cluster: cluster, in: states).sorted {
            ($0.readyOrder ?? .max, $0.id) < ($1.readyOrder ?? .max, $1.id)
        }
        for change in waiting {
            if let closure = try closure(for: change, rules, at: now) {
                waits[change.id] = .closure(closure)
            } else if change.state == .ready {
                waits[change.id] = ahead
                ahead = .turn(behind: change.id)
            }
        }
        return waits
    }
}
