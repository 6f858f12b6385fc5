import BotCore
import CrashPoints
import NIOConcurrencyHelpers

/// Settles unknown outcomes by reading the cluster, never by sending. Where an action can be proved by reading, two
/// reads that agree, some time apart, are proof. Everything else waits for a person, with reminders until it is
/// settled.
struct Reconciler: Sendable {
    /// The result of comparing one read with the plan of a change whose outcome is unknown.
    enum Comparison: Hashable, Sendable {
        case asPlanned, asBefore, neither
    }

    let context: EngineContext
    private let lateEffects: LateEffects
    private let follower: Follower
    private let watches = NIOLockedValueBox<[Int: Reads]>([:])

    /// The last read that this process made for an unknown outcome.
    private struct Reads {
        let watch: Watch
        var last: (comparison: Comparison, uptime: Duration)?
    }

    /// The times after the end of the attempt at which people are reminded; later it is once in ``remindEvery`` until
    /// the outcome is settled. Nobody must forget a cluster that takes no changes.
    private static let reminders = [Duration.seconds(3600), .seconds(4 * 3600), .seconds(24 * 3600)]
    private static let remindEvery = Duration.seconds(24 * 3600)
    private static let width = 4
    private static let longestPause = Duration.seconds(5)

    init(context: EngineContext) {
        self.context = context
        lateEffects = LateEffects(context: context)
        follower = Follower(context: context)
    }

    var loop: WorkerLoop {
        WorkerLoop(
            name: "reconciler",
            bell: context.reconciling,
            context: context,
            width: Self.width,
            find: { try await find() },
            pause: { min(context.rulebook.reconcile.every, Self.longestPause) }
        )
    }

    /// Returns when the next reminder of an unknown outcome is due that people were told of last at a moment.
    static func nextReminder(attemptEnded: Timestamp, after told: Timestamp) -> Timestamp {
        reminders.map { attemptEnded + $0 }.first { $0 > told } ?? told + remindEvery
    }

    private func find() async throws -> [WorkerLoop.Piece] {
        let settings = context.rulebook.reconcile
        let (now, uptime) = (context.clock.now, context.clock.uptime)
        let (open, isHeld) = try await context.store.read { reader in
            let open = try reader.changes(in: [.unknown]).map {
                ($0, try reader.intent(of: $0.id)?.endedAt ?? $0.updatedAt)
            }
            return (open, try reader.hold() != nil || context.channelStanding != .isPassed)
        }
        let watches = watches.withLockedValue { watches in
            watches = watches.filter { id, _ in open.contains { $0.0.id == id } }
            for (change, _) in open where watches[change.id] == nil {
                watches[change.id] = Reads(watch: Watch(context.clock))
            }
            return watches
        }
        var pieces = try await lateEffects.find() + follower.find()
        for (change, ended) in open {
            if now >= Self.nextReminder(attemptEnded: ended, after: change.updatedAt) {
                pieces.append(.init(key: "remind \(change.id)") { try await remind(change.id) })
            }
            // On a restored store a read may show the effect of a change that the store forgot. And after a time only a
            // person settles it.
            guard !isHeld, now < ended + settings.giveUp else { continue }
            guard context.clusters.readsBack, let plan = change.plan, let spec = change.spec, plan.isProvable(by: spec),
                let cluster = context.rulebook.cluster(change.cluster.id)
            else { continue }
            guard watches[change.id]?.last.map({ uptime >= $0.uptime + settings.every }) ?? true else { continue }
            pieces.append(
                .init(key: "read \(change.id)", about: LogSubject(change)) {
                    try await read(change, plan, spec, cluster, attemptEnded: ended)
                }
            )
        }
        return pieces
    }

    /// Reads once, and settles the change if this read and the one before it prove the same result.
    private func read(
        _ change: Change,
        _ plan: Plan,
        _ spec: ActionSpec,
        _ cluster: Cluster,
        attemptEnded: Timestamp
    ) async throws -> Bool {
        let settings = context.rulebook.reconcile
        CrashPoint.reconcilingBegins.pass()
        // A slow read may show the cluster as of its beginning or as of its end. So the time since the attempt, and the
        // time between two reads, are counted to the beginning of this read and from the end of the one before.
        let began = context.clock.uptime
        let seen: ClusterReading
        do {
            seen = try await context.clusters.read(cluster, withReservedIPs: spec.readsReservedIPs)
        } catch {
            watches.withLockedValue { $0[change.id]?.last = (.neither, context.clock.uptime) }
            return false
        }
        CrashPoint.evidenceRead.pass()
        let comparison = plan.comparison(of: seen, change.parameters, spec, context.rulebook.statuses)
        let reads = watches.withLockedValue { watches in
            defer { watches[change.id]?.last = (comparison, context.clock.uptime) }
            return watches[change.id]
        }
        guard let reads, let previous = reads.last, previous.comparison == comparison,
            began >= previous.uptime + settings.every
        else { return false }
        switch comparison {
        case .asPlanned:
            return try await settle(
                change.id,
                .succeeded(.readBack),
                "Two reads of the cluster show it as planned: it was carried out."
            )
        case .asBefore where reads.watch.age(of: attemptEnded, at: began) >= settings.after:
            let outcome =
                "\(settings.after.spoken) after the attempt two reads show the cluster exactly as before: it was not carried out."
            let settledAt = context.clock.now
            defer { lateEffects.watch(change.id, attemptEnded: attemptEnded, settledAt: settledAt) }
            return try await settle(change.id, .failed(.readBack), outcome)
        default: return false
        }
    }

    private func settle(_ id: Int, _ event: ChangeEvent, _ outcome: String) async throws -> Bool {
        try await context.store.write { writer in
            guard try writer.hold() == nil, var change = try writer.change(id), change.state == .unknown else { return }
            change.outcome = outcome
            try context.recorder(writer).apply(event, to: &change, .init(by: .bot))
            CrashPoint.verdictInTransaction.pass()
        }
        context.ringAll()
        return true
    }

    /// Tells people once more that an outcome is unknown.
    private func remind(_ id: Int) async throws -> Bool {
        try await context.store.write { writer in
            guard var change = try writer.change(id), change.state == .unknown else { return }
            let recorder = context.recorder(writer)
            let detail: [String: JSONValue] = [
                "outcome": .optional(change.outcome), "state": .string(change.state.rawValue),
                HistoryRecord.Detail.reminder: .bool(true),
            ]
            let head = try recorder.append(.unknown, change, .init(by: .bot, detail: detail))
            try recorder.announce(head, of: change)
            try recorder.save(&change)
        }
        context.outbox.ring()
        return true
    }
}

extension Plan {
    /// Returns whether a read can prove that it was carried out: the fields that prove it are known and change.
    func isProvable(by spec: ActionSpec) -> Bool {
        !spec.proof.isEmpty && spec.proof.allSatisfy { before[$0] != nil && before[$0] != after[$0] }
    }

    /// Compares the fields as read with the plan.
    func comparison(
        of seen: ClusterReading,
        _ parameters: [String: JSONValue],
        _ spec: ActionSpec,
        _ kinds: StatusKinds
    ) -> Reconciler.Comparison {
        let now = spec.compared(parameters, seen)
        if spec.proof.allSatisfy({ now[$0] != nil && now[$0] == after[$0] }) { return .asPlanned }
        // While the cluster is on its way to another status, the effect may still come.
        if let status = seen.status, kinds.kind(of: status) == .busy { return .neither }
        return drift(from: now, spec.statusCounts, kinds) == nil ? .asBefore : .neither
    }
}
