import BotCore
import BotStore
import TestSupport
import Testing

extension Stage {
    /// Plays all scenarios to their end: typed, sent, read until settled, looked at after an hour and after a day. Then
    /// holds what came of each against what must have.
    /// - Parameter sent: how many requests each scenario's server must have received, whole.
    static func play(
        _ scenarios: [Scenario],
        _ settings: Settings = Settings(),
        sent: Int = 1,
        scripts: ((ClusterWorld) -> [[ScriptedServer.Step]])? = nil
    ) async throws {
        await slots.enter()
        defer { slots.leave() }
        let stage = try Stage(scenarios, settings, scripts: scripts)
        try await stage.run {
            try await stage.typeAll()
            try await stage.until("a first verdict on every change") { changes in
                changes.count == scenarios.count
                    && changes.values.allSatisfy { $0.state.isEnd || $0.state == .unknown }
            }
            try await stage.settle()
            try await stage.lookAgain()
            try await stage.check(sent: sent)
        }
    }

    /// Few at a time: a request that does not leave within five seconds of its intent is given up.
    private static let slots = Slots(4)

    /// Lets reads settle what they can.
    private func settle() async throws {
        let settled = scenarios.filter { $0.final != .unknown }.map(\.cluster)
        for round in 1...Self.mostRounds {
            func isOpen(_ cluster: Int, _ changes: [Int: Change]) -> Bool { changes[cluster]?.state == .unknown }
            try await until("read \(round) of every open change", helping: .seconds(5)) { changes in
                let machines = world.machines.state
                return settled.allSatisfy { !isOpen($0, changes) || (machines[$0]?.reads ?? 0) >= round }
            }
            let changes = try await changes()
            if !settled.contains(where: { isOpen($0, changes) }) { return }
            clock.jump(by: Self.readsApart + .seconds(1))
        }
        Issue.record("reads have not settled what they could")
    }

    private static let mostRounds = 20

    /// What was taken for failed is looked at after an hour and after a day.
    private func lookAgain() async throws {
        world.apply(.afterVerdict)
        try await look(after: .seconds(3600)) { $0.final == .readAsNotDone }
        world.apply(.afterFirstLook)
        try await look(after: .seconds(86_400)) { $0.final == .readAsNotDone && $0.effect != .afterVerdict }
        world.apply(.afterLastLook)
    }

    private func look(after span: Duration, at isLookedAt: (Scenario) -> Bool) async throws {
        let clusters = scenarios.filter(isLookedAt).map(\.cluster)
        let before = clock.now
        clock.jump(by: span)
        // A read that fails on a busy machine is tried again a minute later.
        try await until("a look at what failed", helping: .seconds(61)) { changes in
            clusters.allSatisfy { changes[$0].map { $0.updatedAt > before } ?? false }
        }
    }
}
