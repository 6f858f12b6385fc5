import BotCore
import CrashPoints
import NIOConcurrencyHelpers

/// Looks at clusters after a restart or new nodes until they run again. The change has ended: what is seen is added to it,
/// and told to whoever asked if the cluster does not come back, or comes back late.
struct Follower: Sendable {
    let context: EngineContext
    /// What this process watches, by cluster, and the uptime of the next look.
    private let watches = NIOLockedValueBox<[Int: (watch: Watch, nextLook: Duration)]>([:])

    /// A cluster that is said to run is believed after this time, also if it was never seen on its way: it may not have begun.
    private static let believedAfter = Duration.seconds(120)

    /// Whoever has waited for so long does something else meanwhile, and is told that the cluster runs again.
    private static let toldAfter = Duration.seconds(120)

    init(context: EngineContext) { self.context = context }

    /// Finds the looks that are due.
    func find() async throws -> [WorkerLoop.Piece] {
        let followings = try await context.store.read { try $0.followings() }
        let (now, uptime) = (context.clock.now, context.clock.uptime)
        let due = watches.withLockedValue { watches in
            watches = watches.filter { cluster, _ in followings.contains { $0.cluster == cluster } }
            return followings.compactMap { following -> (Following, Duration, isNew: Bool)? in
                let isNew = watches[following.cluster] == nil
                // An earlier process may have looked already.
                let wait = max(.zero, min(Following.every, following.since + Following.every - now))
                let (watch, nextLook) = watches[following.cluster] ?? (Watch(context.clock), uptime + wait)
                watches[following.cluster] = (watch, nextLook)
                guard uptime >= nextLook else { return nil }
                return (following, max(.zero, watch.age(of: following.since, at: uptime)), isNew)
            }
        }
        // They share one place, so that a hanging API keeps nobody from settling what is unknown.
        return due.map { following, age, isNew in
            let subject = LogSubject(change: following.change, cluster: following.cluster)
            return WorkerLoop.Piece(key: "follow \(following.cluster)", owner: "follow", about: subject) {
                try await look(following, age: age, isNew: isNew)
            }
        }
    }

    private func look(_ following: Following, age: Duration, isNew: Bool) async throws -> Bool {
        watches.withLockedValue { $0[following.cluster]?.nextLook = context.clock.uptime + Following.every }
        let rules = context.rulebook
        // Where nobody looked for so long, nothing can be said any more.
        let isForgotten = isNew && age >= Following.longest + Following.every
        guard let cluster = rules.cluster(following.cluster), context.clusters.readsBack, !isForgotten else {
            try await update(following) { writer, change, recorder in
                try writer.endFollowing(of: following.cluster)
                try recorder.save(&change)
            }
            return false
        }
        let seen = try? await context.clusters.read(cluster, withReservedIPs: false)
        CrashPoint.followingRead.pass()
        try await update(following) { writer, change, recorder in
            try Self.take(seen, following, age, &change, rules, recorder)
        }
        context.outbox.ring()
        return false
    }

    /// Runs a transaction if the cluster is still followed for this change.
    private func update(
        _ following: Following,
        _ body: @escaping @Sendable (any StoreWriter, inout Change, ChangeRecorder) throws -> Void
    ) async throws {
        try await context.store.write { writer in
            guard try writer.following(of: following.change) == following,
                var change = try writer.change(following.change)
            else { return }
            try body(writer, &change, context.recorder(writer))
        }
    }

    /// Takes in one look.
    private static func take(
        _ seen: ClusterReading?,
        _ following: Following,
        _ elapsed: Duration,
        _ change: inout Change,
        _ rules: Rulebook,
        _ recorder: ChangeRecorder
    ) throws {
        let status = seen?.status
        let kind = status.map(rules.statuses.kind)
        if let seen, kind == .running, hasItsNodes(change, seen),
            following.busyStatus != nil || elapsed >= believedAfter || change.plan?.isProvable(by: change.spec) == true
        {
            let nodes = seen.nodes.map { $0 == 1 ? ", 1 node" : ", \($0) nodes" } ?? ""
            let words = following.busyStatus == nil ? "It runs" : "Running again"
            return try end(
                following,
                &change,
                "\(words) after \(elapsed.inMinutes)\(nodes).",
                after: elapsed,
                isBack: true,
                recorder
            )
        }
        if elapsed >= Following.longest {
            let span = Following.longest.inMinutes
            let late: String
            if let seen, kind == .running, let nodes = seen.nodes,
                let expected = change.plan?.after[ActionSpec.nodes]?.int
            {
                late = "Not all is there \(span) later: it has \(nodes) nodes, not \(expected)."
            } else if let status {
                late = "It does not run again \(span) later: the status is \(status)."
            } else {
                late = "I could not see within \(span) that it runs again: it could not be read."
            }
            return try end(following, &change, "\(late) I look no further.", after: elapsed, isBack: false, recorder)
        }
        if let status, kind != .running, status != following.busyStatus {
            var now = following
            now.busyStatus = status
            try recorder.writer.save(now)
            try recorder.save(&change)
        }
    }

    /// Whether the nodes are there that the plan expects; true where it expects none.
    private static func hasItsNodes(_ change: Change, _ seen: ClusterReading) -> Bool {
        guard let expected = change.plan?.after[ActionSpec.nodes]?.int, let nodes = seen.nodes else { return true }
        return nodes >= expected
    }

    private static func end(
        _ following: Following,
        _ change: inout Change,
        _ sentence: String,
        after elapsed: Duration,
        isBack: Bool,
        _ recorder: ChangeRecorder
    ) throws {
        try recorder.writer.endFollowing(of: following.cluster)
        let detail: [String: JSONValue] = ["outcome": .string(sentence), "back": .bool(isBack)]
        let head = try recorder.append(.followed, change, .init(by: .bot, detail: detail))
        // What the API reported at first is over.
        change.outcome = isBack ? sentence : [change.outcome, sentence].compactMap(\.self).joined(separator: " ")
        // Whoever asked waits for the cluster, and an edit would not be noticed. Who waited briefly has seen it.
        if !isBack || elapsed >= toldAfter { try recorder.announce(head, of: change) }
        try recorder.save(&change)
        CrashPoint.followedInTransaction.pass()
    }
}

extension Plan {
    fileprivate func isProvable(by spec: ActionSpec?) -> Bool { spec.map { isProvable(by: $0) } ?? false }
}

extension Duration {
    /// In whole minutes, as people say it: `6 min`, `less than a minute`.
    fileprivate var inMinutes: String {
        let minutes = wholeMilliseconds / 60_000
        return minutes == 0 ? "less than a minute" : "\(minutes) min"
    }
}
