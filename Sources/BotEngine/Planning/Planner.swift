import BotCore
import NIOConcurrencyHelpers

/// Moves changes out of `preparing`: to `pending` with a plan where people decide, else to `ready`.
struct Planner: Sendable {
    let context: EngineContext
    private let acknowledgement: Acknowledgement

    /// The most reads at once; more would only queue at the API.
    private static let width = 16
    private static let longestPause = Duration.seconds(5)
    /// The most changes of one person that one look finds.
    private static let lookedAtOfEach = 8

    init(context: EngineContext) {
        self.context = context
        acknowledgement = Acknowledgement(context: context)
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

    /// Finds the changes that need a plan, in turn between people. Those that need none go on once their channel has
    /// heard of them.
    private func find() async throws -> [WorkerLoop.Piece] {
        let found = try await context.store.read { try $0.changesToPrepare(ofEach: Self.lookedAtOfEach) }
            .filter { !context.unanswered.contains($0.id) }
        try await acknowledgement.passBy(found.filter { $0.needsNoPlan(at: context.clock.now) })
        let now = context.clock.now
        return found.filter { !$0.needsNoPlan(at: now) }.inTurn(by: \.requester.key).map { change in
            WorkerLoop.Piece(key: "\(change.id)", owner: change.requester.key, about: LogSubject(change)) {
                try await prepare(change)
            }
        }
    }

    private func pause() -> Duration { min(Self.longestPause, acknowledgement.nextPassing ?? Self.longestPause) }

    private func prepare(_ change: Change) async throws -> Bool {
        guard let spec = change.spec, let cluster = context.rulebook.cluster(change.cluster.id) else {
            return try await end(change, .refused, LastCheck.clusterGone)
        }
        guard let change = try await decided(change) else { return true }
        let maker = PlanMaker(control: context.clusters.present)
        do {
            let reading = try await maker.read(cluster, for: spec, change.arguments)
            return try await makePending(change, spec, reading, maker)
        } catch let problem as ReadProblem {
            return try await end(
                change,
                .failed(.notSent),
                "The cluster could not be read, so nothing was sent. \(problem.message)"
            )
        } catch let problem as PlanProblem {
            return try await move(change) { recorder, current in try recorder.fail(&current, problem) }
        }
    }

    /// Looks up who is in the user groups on which a change hangs, and decides on it if that was left until then.
    /// - Returns: the change as it is to be planned; nil if it has ended, or needs no plan.
    private func decided(_ change: Change) async throws -> Change? {
        let members = context.members
        await members.lookUp(context.rulebook.unknown(change), until: context.clock.uptime + MemberCache.longest)
        guard change.permits.isEmpty else { return change }
        _ = try await move(change) { recorder, current in try Self.decide(&current, context.rulebook, recorder) }
        guard let now = try await context.store.read({ try $0.change(change.id) }), now.state == .preparing,
            !now.needsNoPlan(at: context.clock.now)
        else { return nil }
        await members.lookUp(context.rulebook.unknown(now), until: context.clock.uptime + MemberCache.longest)
        return now
    }

    /// Has the policy decide on a change that was taken on before it was known who is in a user group.
    private static func decide(_ change: inout Change, _ rules: Rulebook, _ recorder: ChangeRecorder) throws {
        switch rules.decide(change) {
        case .refused(let refusal):
            try refuse(&change, refusal, rules, recorder)
        case .allowed(let permits):
            if let lack = rules.policy.reasons.lack(of: change.action, reason: change.reason) {
                change.outcome = "It \(lack). Ask again with one."
                return try recorder.apply(.refused, to: &change, .init(by: .bot, policy: rules.policy.digest))
            }
            change.permits = permits
            change.policy = rules.policy.digest
            // What else is asked of a request as it is opened was left until it was known who asks.
            let opening = ChangeOpening(recorder: recorder, rules: rules)
            if let refusal = try opening.refusal(&change, isDecided: true) {
                return try refuse(&change, refusal, rules, recorder)
            }
            try recorder.save(&change)
        }
    }

    private static func refuse(
        _ change: inout Change,
        _ refusal: Refusal,
        _ rules: Rulebook,
        _ recorder: ChangeRecorder
    ) throws {
        change.outcome = refusal.sentence
        // Posts about accounts that nobody lists are few, whatever they ask for.
        try recorder.apply(
            .refused,
            to: &change,
            .init(
                by: .bot,
                rule: refusal.rule,
                policy: rules.policy.digest,
                isAnnounced: change.requester.person != nil
            )
        )
    }

    private func makePending(
        _ change: Change,
        _ spec: ActionSpec,
        _ reading: ClusterReading?,
        _ maker: PlanMaker
    ) async throws -> Bool {
        try await move(change) { recorder, current in
            // The rules may have been replaced by some that hang on a look-up: it is decided first.
            guard !current.permits.isEmpty else { return }
            if let free = current.permits.first(where: { $0.needs == .nothing }) {
                // It would have been executed at once; now it waits for its requester's confirmation.
                current.permits = [Permit(rule: free.rule, needs: .confirmation)]
                let late = "It was typed more than \(Change.freshFor.spoken) before it could be looked at."
                current.outcome = current.outcome ?? late
            }
            // The rules are taken anew: they may have been replaced while the cluster was read.
            try Self.plan(&current, spec, reading, maker, context.rulebook, recorder)
        }
    }

    /// Puts the plan into a change and makes it wait for people; refuses it if the policy does not allow the planned
    /// amounts.
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
        // Amounts that were not known when it was asked (`scale to 12`) are checked against limits now.
        if case .refused(let refusal) = rules.decide(change) {
            change.outcome = refusal.sentence
            return try recorder.apply(
                .refused,
                to: &change,
                .init(by: .bot, rule: refusal.rule, policy: rules.policy.digest)
            )
        }
        change.plan = planned.plan
        change.ask(change.groupsAsked, rules.policy)
        change.plannedAt = recorder.now
        change.expiresAt = expiresAt
        try Calling(recorder: recorder, rules: rules).begin(&change)
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
                try context.recorder(writer).fail(&failing, problem)
            }
        }
        for bell in [context.execution, context.outbox] { bell.ring() }
        return true
    }
}

extension Plan {
    /// The plan as its history entry keeps it.
    var detail: [String: JSONValue] {
        ["digest": .string(digest), "effect": .string(effect), "before": .object(before), "after": .object(after)]
    }
}
