import BotCore
import NIOConcurrencyHelpers

/// Reads clusters again after changes that two reads showed as not carried out: no read can rule out that a request was
/// held up somewhere and takes effect later. The change stays `failed`; a late effect is added to the history and told.
struct LateEffects: Sendable {
    let context: EngineContext
    /// The moment of the next look, by change. Nil until it is loaded from the store.
    private let nextLooks = NIOLockedValueBox<[Int: Timestamp]?>(nil)

    /// The times after the attempt at which a look is due.
    private static let looks: [Duration] = [.seconds(3600), .seconds(86_400)]
    /// The time between two tries of a read that fails.
    private static let pauseAfterFailure = Duration.seconds(60)

    init(context: EngineContext) { self.context = context }

    /// Finds the looks that are due.
    func find() async throws -> [WorkerLoop.Piece] {
        guard context.clusters.readsBack else { return [] }
        if nextLooks.withLockedValue({ $0 == nil }) { try await load() }
        let now = context.clock.now
        let due = nextLooks.withLockedValue { ($0 ?? [:]).filter { $0.value <= now }.keys.sorted() }
        return due.map { id in WorkerLoop.Piece(key: "look \(id)", about: LogSubject(change: id)) { try await look(id) }
        }
    }

    /// Begins to watch a change that just became `failed` by reading.
    func watch(_ id: Int, attemptEnded: Timestamp, settledAt: Timestamp) {
        let next = Self.nextLook(attemptEnded: attemptEnded, after: settledAt)
        nextLooks.withLockedValue { $0?[id] = next }
    }

    private static func nextLook(attemptEnded: Timestamp, after moment: Timestamp) -> Timestamp? {
        looks.map { attemptEnded + $0 }.first { $0 > moment }
    }

    /// Finds the changes that an earlier process watched. A change's last update tells which look was the last.
    private func load() async throws {
        let looks = try await context.store.read { reader in
            try reader.changesFailedByReading().compactMap { change in
                try reader.intent(of: change.id)?.endedAt
                    .flatMap { Self.nextLook(attemptEnded: $0, after: change.updatedAt) }
                    .map { (change.id, $0) }
            }
        }
        nextLooks.withLockedValue { $0 = Dictionary(uniqueKeysWithValues: looks) }
    }

    private func look(_ id: Int) async throws -> Bool {
        guard let (change, ended) = try await context.store.read({ try Self.stillAlone(id, $0) }),
            let plan = change.plan, let spec = change.spec,
            let cluster = context.rulebook.cluster(change.cluster.id)
        else {
            nextLooks.withLockedValue { $0?[id] = nil }
            return false
        }
        let seen: ClusterReading
        do {
            seen = try await context.clusters.read(cluster, withReservedIPs: spec.readsReservedIPs)
        } catch {
            nextLooks.withLockedValue { $0?[id] = context.clock.now + Self.pauseAfterFailure }
            return false
        }
        let isThere = plan.comparison(of: seen, change.parameters, spec, context.rulebook.statuses) == .asPlanned
        try await record(id, isThere: isThere)
        let next = isThere ? nil : Self.nextLook(attemptEnded: ended, after: context.clock.now)
        nextLooks.withLockedValue { $0?[id] = next }
        return false
    }

    /// Returns the change and when its attempt ended; nil once another change was sent to the cluster, because then a
    /// read no longer shows what came of this one.
    private static func stillAlone(_ id: Int, _ reader: any StoreReader) throws -> (Change, Timestamp)? {
        guard try reader.hold() == nil, let change = try reader.change(id), change.state == .failed,
            change.howKnown == .readBack,
            let ended = try reader.intent(of: id)?.endedAt
        else { return nil }
        return try reader.wasSent(after: change) ? nil : (change, ended)
    }

    /// Records the look, and tells of an effect. The change stays `failed`: an end is never left.
    private func record(_ id: Int, isThere: Bool) async throws {
        try await context.store.write { writer in
            // Another change may have been sent while the cluster was read.
            guard var (change, _) = try Self.stillAlone(id, writer) else { return }
            let recorder = context.recorder(writer)
            if isThere {
                let outcome =
                    "It was taken for not carried out, but the cluster now looks as planned: it took effect late."
                try recorder.correct(&change, outcome, ["late_effect": .bool(true)])
            } else {
                try recorder.save(&change)
            }
        }
        context.outbox.ring()
    }
}
