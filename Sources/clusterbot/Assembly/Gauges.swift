import BotConfiguration
import BotCore
import BotEngine
import BotServer
import BotStore
import ClusterAPI

/// Looks up the metrics whose values are read only when they are asked for.
struct Gauges: Sendable {
    let store: SQLiteStore
    let clock: any BotClock
    let live: LiveParts
    let readiness: Readiness
    /// Whether nothing is sent until the history channel has answered.
    let isHeldBack: @Sendable () -> Bool

    func refresh() async {
        ProcessFigures.record()
        let isReady = await readiness.problem() == nil
        Metric.ready.set(isReady ? 1 : 0)
        if let bytes = store.freeBytes { Metric.storeFreeBytes.set(Double(bytes)) }
        for (name, project) in live.configuration.clusterAPI.projects {
            guard let ends = project.tokenEnds else { continue }
            Metric.credentialSecondsLeft.set((ends - clock.now).inSeconds, name)
        }
        // If the store cannot be read, the figures stay as they were; `clusterbot_ready` shows that something is wrong.
        let (rules, now) = (live.configuration.rulebook, clock.now)
        guard let figures = try? await store.read({ try Figures($0, rules, at: now) }) else { return }
        Metric.changesUnknown.set(Double(figures.unknown))
        for state in Metric.underWay { Metric.pendingChanges.set(Double(figures.underWay[state] ?? 0), state.rawValue) }
        Metric.oldestPending.set(age(figures.oldestChange))
        Metric.outboxPending.set(Double(figures.waitingPosts))
        Metric.outboxOldest.set(age(figures.oldestPost))
        Metric.held.set(figures.isHeld || isHeldBack() ? 1 : 0)
        Metric.locks.set(Double(figures.closures.locks))
        Metric.freezes.set(Double(figures.closures.freezes))
    }

    /// Returns an age in seconds; 0 for nothing, and for a moment that lies ahead because the clock was set back.
    private func age(_ since: Timestamp?) -> Double { since.map { max((clock.now - $0).inSeconds, 0) } ?? 0 }

    /// The figures from one snapshot of the store.
    private struct Figures {
        let unknown: Int
        let underWay: [ChangeState: Int]
        let oldestChange: Timestamp?
        let waitingPosts: Int
        let oldestPost: Timestamp?
        let isHeld: Bool
        let closures: ClosureCount

        init(_ reader: any StoreReader, _ rules: Rulebook, at now: Timestamp) throws {
            let open = try reader.changes(in: Set(Metric.underWay))
            unknown = try reader.changes(in: [.unknown]).count
            underWay = Dictionary(grouping: open, by: \.state).mapValues(\.count)
            oldestChange = open.map(\.createdAt).min()
            waitingPosts = try reader.waitingPosts()
            oldestPost = try reader.oldestWaitingPost()
            isHeld = try reader.hold() != nil
            closures = try ClosureCount(reader, rules, at: now)
        }
    }
}
