import BotCore
import NIOConcurrencyHelpers

/// Takes changes out of `preparing`: to `pending` with a plan where people must agree, else to `ready`.
struct Planner: Sendable {
    let context: EngineContext

    /// A command that is first seen this long after it was typed is shown for confirmation instead of being executed.
    static let freshFor = Duration.seconds(120)
    /// Clocks may differ by so much; what is signed further away in time is not even taken.
    static let clocksDiffer = Duration.seconds(300)
    /// What needs nobody waits for its first message until the channel has heard of it, and no longer than this: a platform
    /// that is slow, or lets others go first, holds up nothing.
    static let waitsForMessage = Duration.seconds(2)
    /// Reads in flight at once; more would only queue at the API.
    private static let width = 16
    private static let longestPause = Duration.seconds(5)
    private static let shortestPause = Duration.milliseconds(20)
    /// Changes of one person looked at in one go.
    private static let lookedAtOfEach = 8

    /// When the first of the changes is passed by that wait for their message, by the uptime; nil if there are none.
    private let nextPassing = NIOLockedValueBox<Duration?>(nil)
    /// When this process began, by the uptime: the channel of what an earlier one left is tried first, too.
    private let began: Duration

    init(context: EngineContext) {
        self.context = context
        began = context.clock.uptime
    }

    var loop: WorkerLoop {
        WorkerLoop(
            name: "planner",
            bell: context.planning,
            context: context,
            width: Self.width,
            find: { try await find() },
            pause: { pause() }
        )
    }

    /// What needs a plan at once, in turn between people. What needs nobody once its channel was passed by: when the channel
    /// hears of it in time, the outbox lets it go on.
    private func find() async throws -> [WorkerLoop.Piece] {
        let found = try await context.store.read { try $0.changesToPrepare(ofEach: Self.lookedAtOfEach) }
            .filter { !context.unanswered.contains($0.id) }
        let (now, uptime) = (context.clock.now, context.clock.uptime)
        let atOnce = found.filter { $0.needsNoPlan(at: now) }
        let closed = context.closedChannels.withLockedValue(\.self)
        let open = atOnce.filter { !closed.contains($0.channel) }
        let waits = open.compactMap { $0.waitsForMessage(at: now, runningFor: uptime - began) }
        nextPassing.withLockedValue { $0 = waits.min().map { uptime + $0 } }
        let passed = open.filter { $0.waitsForMessage(at: now, runningFor: uptime - began) == nil }
        if !passed.isEmpty {
            let hasMoved = try await context.store.write { writer in
                try passed.filter { try Self.makeReady($0.id, writer, context) }.isEmpty == false
            }
            // Behind them there may be others.
            if hasMoved { for bell in [context.execution, context.outbox, context.planning] { bell.ring() } }
        }
        return found.filter { !$0.needsNoPlan(at: now) }.inTurn(by: \.requester.key).map { change in
            WorkerLoop.Piece(key: "\(change.id)", owner: change.requester.key) { try await prepare(change) }
        }
    }

    private func pause() -> Duration {
        guard let next = nextPassing.withLockedValue(\.self) else { return Self.longestPause }
        return min(Self.longestPause, max(next - context.clock.uptime, Self.shortestPause))
    }

    private func prepare(_ change: Change) async throws -> Bool {
        let rules = context.rulebook
        guard let spec = change.spec, let cluster = rules.cluster(change.cluster.id) else {
            return try await end(change, .refused, LastCheck.clusterGone)
        }
        let maker = PlanMaker(control: context.clusters)
        do {
            let reading = try await maker.read(cluster, for: spec)
            return try await makePending(change, spec, reading, maker, rules)
        } catch let problem as ReadProblem {
            return try await end(
                change,
                .failed(.notSent),
                "The cluster could not be read, so nothing was sent. \(problem.message)"
            )
        } catch let problem as PlanProblem {
            return try await end(change, .failed(.notSent), problem.message)
        }
    }

    /// Lets a change go on for which nobody has to see a plan, if it is still being prepared; false if it stays as it is. Not once the end has begun: how
    /// long it stays down nobody knows, and the next start asks again about what is late by then.
    @discardableResult
    static func makeReady(_ id: Int, _ writer: any StoreWriter, _ context: EngineContext) throws -> Bool {
        guard !context.execution.isClosed, var change = try writer.change(id), change.state == .preparing,
            change.needsNoPlan(at: context.clock.now)
        else { return false }
        let recorder = context.recorder(writer)
        guard change.spec != nil, context.rulebook.cluster(change.cluster.id) != nil else {
            change.outcome = LastCheck.clusterGone
            try recorder.apply(.refused, to: &change, .init(by: .bot))
            return true
        }
        let rule = change.permits.first { $0.needs == .nothing }?.rule
        try recorder.apply(.allowed, to: &change, .init(by: .bot, rule: rule))
        return true
    }

    private func makePending(
        _ change: Change,
        _ spec: ActionSpec,
        _ reading: ClusterReading?,
        _ maker: PlanMaker,
        _ rules: Rulebook
    ) async throws -> Bool {
        try await move(change) { recorder, current in
            if let free = current.permits.first(where: { $0.needs == .nothing }) {
                // What would have been executed at once waits for its requester.
                current.permits = [Permit(rule: free.rule, needs: .confirmation)]
                let late = "It was typed more than \(Self.freshFor.spoken) before it could be looked at."
                current.outcome = current.outcome ?? late
            }
            try Self.plan(&current, spec, reading, maker, rules, recorder)
        }
    }

    /// Puts the plan into a change and makes it wait for people; refuses it if the policy does not allow what it comes to.
    static func plan(
        _ change: inout Change,
        _ spec: ActionSpec,
        _ reading: ClusterReading?,
        _ maker: PlanMaker,
        _ rules: Rulebook,
        _ recorder: ChangeRecorder
    ) throws {
        let expiresAt = recorder.now + (change.permits.map(\.needs.within).max() ?? ApprovalNeeds.usualWithin)
        let planned = try maker.plan(change, spec, reading, expiresAt: expiresAt)
        change.parameters = planned.parameters
        // Limits on amounts that were not known when it was asked (`scale to 12`) are looked at now.
        if case .refused(let refusal) = rules.decide(change) {
            change.outcome = refusal.reason
            return try recorder.apply(
                .refused,
                to: &change,
                .init(by: .bot, rule: refusal.rule, policy: rules.policy.digest)
            )
        }
        change.plan = planned.plan
        change.expiresAt = expiresAt
        try recorder.apply(
            .planned,
            to: &change,
            .init(by: .bot, policy: rules.policy.digest, detail: planned.plan.detail)
        )
    }

    private func end(_ change: Change, _ event: ChangeEvent, _ outcome: String) async throws -> Bool {
        try await move(change) { recorder, current in
            current.outcome = outcome
            try recorder.apply(event, to: &current, .init(by: .bot))
        }
    }

    /// Runs a step if the change is still being prepared.
    private func move(_ change: Change, _ step: @escaping @Sendable (ChangeRecorder, inout Change) throws -> Void)
        async throws
        -> Bool
    {
        try await context.store.write { writer in
            guard var current = try writer.change(change.id), current.state == .preparing else { return }
            do {
                try step(context.recorder(writer), &current)
            } catch let problem as PlanProblem {
                guard var failing = try writer.change(change.id) else { return }
                failing.outcome = problem.message
                try context.recorder(writer).apply(.failed(.notSent), to: &failing, .init(by: .bot))
            }
        }
        for bell in [context.execution, context.outbox] { bell.ring() }
        return true
    }
}

extension Change {
    /// Whether too much time went by since it was typed to execute it without asking again, or nobody knows how much: a
    /// clock that is far behind the platform's is wrong.
    func isLate(at now: Timestamp) -> Bool {
        now > typedAt + Planner.freshFor || now + Planner.clocksDiffer < typedAt
    }

    /// Whether nobody has to agree to it, and its requester expects it to be executed at once.
    func needsNoPlan(at now: Timestamp) -> Bool { needsNobody && !mustBeSeen(at: now) }

    /// Whether its requester has to see it before it is executed, even if nobody has to agree: it is late, or it stands for
    /// another one whose plan somebody had in front of them and no longer fitted.
    func mustBeSeen(at now: Timestamp) -> Bool { isLate(at: now) || replaces != nil }
}

extension Change {
    /// How long it still waits for the channel to hear of it; nil if no longer, as where the clock was set back since.
    fileprivate func waitsForMessage(at now: Timestamp, runningFor running: Duration) -> Duration? {
        let waited = min(now - createdAt, running)
        return waited >= .zero && waited < Planner.waitsForMessage ? Planner.waitsForMessage - waited : nil
    }
}

extension Plan {
    /// What the history keeps of a plan.
    var detail: [String: JSONValue] {
        ["digest": .string(digest), "effect": .string(effect), "before": .object(before), "after": .object(after)]
    }
}
