import BotCore
import BotStore

@testable import BotEngine

/// A change that was brought to a state step by step, without the engine's workers: for looking at one check alone.
struct StagedChange {
    let bot: EngineHarness
    var cluster = TestRules.prod
    var action = "scale_cluster"
    var arguments: [String: JSONValue] = ["additional_nodes": .int(4)]
    var requester = Person.amy
    var needs: Needs = TestRules.approvals(("leads", 1))
    /// What another rule needs that allows it too.
    var alternative: Needs?

    private var permits: [Permit] {
        [needs, alternative].compactMap(\.self).enumerated().map { Permit(rule: "staged \($0)", needs: $1) }
    }

    private var rules: Rulebook { bot.context.rulebook }

    /// Stores it as `preparing`.
    func open() async throws -> Int {
        let (context, staged) = (bot.context, self)
        return try await bot.file.write { writer in
            let recorder = context.recorder(writer)
            let change = Change(
                id: try writer.nextChangeID(),
                cluster: staged.cluster,
                action: staged.action,
                arguments: staged.arguments,
                requester: staged.requester.actor,
                channel: .ops,
                typedAt: recorder.now,
                createdAt: recorder.now,
                state: .preparing,
                permits: staged.permits,
                policy: "policy-1"
            )
            try recorder.open(change)
            return change.id
        }
    }

    /// Stores it as `pending`, planned on what the cluster shows now.
    func pending() async throws -> Int {
        let (context, staged, id) = (bot.context, self, try await open())
        let reading = try await staged.reading()
        try await bot.file.write { writer in
            guard var change = try writer.change(id), let spec = change.spec else { return }
            let recorder = context.recorder(writer)
            change.expiresAt = recorder.now + (staged.permits.map(\.needs.within).max() ?? .zero)
            let planned = try staged.maker.plan(change, spec, reading, expiresAt: change.expiresAt)
            change.plan = planned.plan
            change.parameters = planned.parameters
            try recorder.apply(.planned, to: &change, .init(by: .bot))
            // As after its card was posted.
            guard var card = try writer.post(change: id, place: .conversation) else { return }
            card.showsPlan = true
            try writer.save(card)
        }
        return id
    }

    /// Stores it as agreed to by these people, so that it is `ready` if they are enough.
    func agreed(by people: Person...) async throws -> Int {
        let (context, id) = (bot.context, try await pending())
        for person in people {
            _ = try await bot.file.write { writer in
                let desk = DecisionDesk(recorder: context.recorder(writer), rules: context.rulebook)
                return try desk.carryOut(Approve(change: id), by: person.actor, in: .ops)
            }
        }
        return id
    }

    /// Moves a change on as the engine would.
    func apply(_ event: ChangeEvent, to id: Int) async throws {
        let context = bot.context
        try await bot.file.write { writer in
            guard var change = try writer.change(id) else { return }
            try context.recorder(writer).apply(event, to: &change, .init(by: .bot))
        }
    }

    /// The last check before sending, by the rules in force.
    func lastCheck(_ id: Int, isReadingFresh: Bool = true) async throws -> Intent? {
        let (context, maker, reading) = (bot.context, maker, try await reading())
        return try await bot.file.write { writer -> Intent? in
            guard let spec = try writer.change(id)?.spec else { return nil }
            let check = LastCheck(
                recorder: context.recorder(writer),
                rules: context.rulebook,
                spec: spec,
                reading: reading,
                isReadingFresh: isReadingFresh,
                maker: maker,
                hasRoom: context.store.canStoreOutcomes,
                isStopping: context.execution.isClosed,
                lease: .seconds(45)
            )
            let intent = try check.intent(for: id)
            if let intent { try writer.insert(intent) }
            return intent
        }
    }

    private var maker: PlanMaker { PlanMaker(control: bot.clusters) }

    private func reading() async throws -> ClusterReading? {
        try await bot.clusters.read(cluster, withReservedIPs: true)
    }
}
