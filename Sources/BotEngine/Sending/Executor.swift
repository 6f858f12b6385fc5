import BotCore
import CrashPoints
import Logging
import NIOConcurrencyHelpers

/// Sends ready changes: one at a time on each cluster, in the order in which they became ready.
struct Executor: Sendable {
    let context: EngineContext
    private let hadRoom = NIOLockedValueBox(true)
    /// The uptime at which a cluster that is on its way to another status is looked at again, by the cluster's id.
    private let looksAgain = NIOLockedValueBox<[Int: Duration]>([:])

    init(context: EngineContext) { self.context = context }

    /// The most clusters that are sent to at once.
    private static let width = 32
    private static let pause = Duration.seconds(5)
    /// The time beyond the send-by time and the time-out after which a sending is taken for lost.
    private static let leaseMargin = Duration.seconds(10)

    private func lease(_ control: any ClusterControl) -> Duration {
        SendPermit.sendWithin + control.longestCall + Self.leaseMargin
    }

    /// The greatest age of a reading by which something is sent, counted from the beginning of the read: two calls of
    /// the longest time-out, and the wait for the store. Only a process that was suspended or an API that hangs takes
    /// longer.
    private var readingGoodFor: Duration { context.clusters.longestCall * 2 + SendPermit.sendWithin }

    var loop: WorkerLoop {
        WorkerLoop(
            name: "executor",
            bell: context.execution,
            context: context,
            width: Self.width,
            find: { try await find() },
            pause: { Self.pause }
        )
    }

    /// Finds for each cluster on which nothing is under way or unknown the first ready change that no lock or freeze keeps.
    private func find() async throws -> [WorkerLoop.Piece] {
        let rules = context.rulebook
        let due = try await context.store.read { reader in
            let now = context.clock.now
            return try reader.firstReadyChanges().filter { try reader.isFree($0.cluster.id, rules, at: now) }
                .compactMap { try reader.firstOpen($0, rules, at: now) }
        }
        guard hasRoom() else { return [] }
        let uptime = context.clock.uptime
        let isWaitedFor = looksAgain.withLockedValue { looks in
            looks = looks.filter { $0.value > uptime }
            return Set(looks.keys)
        }
        if !due.isEmpty { CrashPoint.turnCame.pass() }
        return due.filter { !isWaitedFor.contains($0.cluster.id) }.map { change in
            WorkerLoop.Piece(
                key: "cluster \(change.cluster.id)",
                owner: change.requester.key,
                about: LogSubject(change)
            ) {
                try await execute(change)
            }
        }
    }

    /// Returns whether there is room for outcomes, without which nothing is sent. Logs once that there is none, and
    /// once that there is some again.
    private func hasRoom() -> Bool {
        let hasRoom = context.store.canStoreOutcomes
        let hadRoom = hadRoom.withLockedValue { hadRoom in
            defer { hadRoom = hasRoom }
            return hadRoom
        }
        if hadRoom, !hasRoom { context.logger.error("the store's disk is nearly full: nothing is sent") }
        if !hadRoom, hasRoom { context.logger.notice("there is room on the store's disk again") }
        return hasRoom
    }

    /// Moves a late change that needed nobody back to `preparing`, so that its requester is asked before it is
    /// executed. A change that only waited for its turn goes on. If something else kept it (a stopped service, a full
    /// disk), nobody expects it any more.
    private func delayIfLate(_ id: Int) async throws -> Bool {
        try await context.store.write { writer in
            let recorder = context.recorder(writer)
            guard var change = try writer.change(id), change.state == .ready, change.validUntil == nil,
                change.isLate(at: recorder.now)
            else { return false }
            let span = (Change.freshFor + lease(context.clusters)).wholeMilliseconds
            let since = Timestamp(milliseconds: recorder.now.milliseconds - span)
            if try writer.wasSent(to: change.cluster.id, since: since) { return false }
            try recorder.apply(.delayed, to: &change, .init(by: .bot))
            return true
        }
    }

    private func execute(_ change: Change) async throws -> Bool {
        guard let spec = change.spec, let cluster = context.rulebook.cluster(change.cluster.id) else {
            return try await end(change, .refused, LastCheck.clusterGone)
        }
        if change.validUntil == nil, change.isLate(at: context.clock.now), try await delayIfLate(change.id) {
            context.ringAll()
            return true
        }
        if let goesOn = try await isHeldUpByGroups(change) { return goesOn }
        // From the read to the reply by the same settings, whatever is re-read meanwhile.
        let control = context.clusters.present
        let (maker, lease) = (PlanMaker(control: control), lease(control))
        CrashPoint.sendingTakenUp.pass()
        let lookedAt = context.clock.uptime
        let reading: ClusterReading?
        do {
            reading = try await maker.read(cluster, for: spec, change.plan == nil ? change.arguments : nil)
        } catch {
            return try await end(
                change,
                .failed(.notSent),
                "The cluster could not be read, so nothing was sent. \(error.message)"
            )
        }
        CrashPoint.clusterRead.pass()
        let permit = try await SendPermit.committing(in: context.store, clock: context.clock) { writer in
            // The rules are taken anew: they may have been replaced while the cluster was read.
            let (recorder, rules) = (context.recorder(writer), context.rulebook)
            let (hasRoom, isStopping) = (context.store.canStoreOutcomes, context.execution.isClosed)
            return try LastCheck(
                recorder: recorder,
                rules: rules,
                spec: spec,
                reading: reading,
                isReadingFresh: context.clock.uptime - lookedAt <= readingGoodFor,
                maker: maker,
                hasRoom: hasRoom,
                isStopping: isStopping,
                lease: lease
            ).intent(for: change.id)
        }
        guard let permit else {
            let now = try await context.store.read { try $0.change(change.id) }
            context.ringAll()
            guard let now, now.state == .ready, now.busy != nil || !context.rulebook.unknown(now).isEmpty else {
                return true
            }
            looksAgain.withLockedValue { $0[cluster.id] = context.clock.uptime + Self.pause }
            return false
        }
        CrashPoint.intentCommitted.pass()
        context.outbox.ring()
        let call = permit.call
        let answer: CallOutcome
        do {
            async let _ = giveUpWhenOverdue(change.id, at: context.clock.uptime + lease)
            answer = await control.send(call, on: cluster, permit: permit)
        }
        CrashPoint.replyJudged.pass()
        try await recordSurely(answer, of: change.id)
        if case .accepted = answer, !context.execution.isClosed {
            try await PendingPlans(context: context).review(cluster: cluster.id)
        }
        return true
    }

    /// Looks up anew who is in the user groups on which an approved change hangs. Without an answer it waits, and nothing
    /// is guessed.
    /// - Returns: whether to look again at once if it is held up; nil if it goes on.
    private func isHeldUpByGroups(_ change: Change) async throws -> Bool? {
        let unknown = context.rulebook.unknown(change)
        guard !unknown.isEmpty else { return nil }
        await context.members.lookUp(unknown, until: context.clock.uptime + MemberCache.longest)
        guard change.validUntil != nil, !context.rulebook.unknown(change).isEmpty else { return nil }
        looksAgain.withLockedValue { $0[change.cluster.id] = context.clock.uptime + Self.pause }
        return false
    }

    /// Records an attempt that outlives its lease as lost, so that people hear of it even if the sending hangs for
    /// ever. Does nothing when its task is cancelled, as it is when the sending has ended.
    private func giveUpWhenOverdue(_ id: Int, at deadline: Duration) async {
        do {
            while context.clock.uptime < deadline {
                try await context.clock.sleep(deadline - context.clock.uptime)
            }
            try await recordSurely(.unknown(Self.overdue), of: id)
        } catch {
            return
        }
    }

    private static let overdue = "The sending did not come to an end in its time."

    /// Stores the outcome of a sending, and tries again while the store does not take it: only this process knows it.
    /// Throws when the process ends over it; the next start then finds the change `sending` and records it as
    /// `unknown`.
    private func recordSurely(_ answer: CallOutcome, of id: Int) async throws {
        try await context.insist(on: "outcome", of: id) { try await record(answer, of: id) }
    }

    private func record(_ answer: CallOutcome, of id: Int) async throws {
        let rules = context.rulebook
        try await context.store.write { writer in
            let outcome = SendingOutcome(recorder: context.recorder(writer), rules: rules)
            if let change = try outcome.record(answer, of: id) {
                writer.whenStored { measure(change, answer) }
            }
            CrashPoint.outcomeInTransaction.pass()
        }
        CrashPoint.outcomeCommitted.pass()
        context.outbox.ring()
        if case .unknown = answer { context.reconciling.ring() }
    }

    private func measure(_ change: Change, _ answer: CallOutcome) {
        Metric.apiCalls.count(change.action, answer.word)
        Metric.changeSeconds.observe(context.clock.now - change.createdAt)
    }

    private func end(_ change: Change, _ event: ChangeEvent, _ outcome: String) async throws -> Bool {
        try await context.store.write { writer in
            guard var current = try writer.change(change.id), current.state == .ready else { return }
            current.outcome = outcome
            try context.recorder(writer).apply(event, to: &current, .init(by: .bot))
        }
        context.ringAll()
        return true
    }
}
