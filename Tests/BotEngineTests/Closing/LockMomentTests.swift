import BotCore
import BotStore
import Testing

@testable import BotEngine

/// The moments at which a lock and a freeze begin and end, to the millisecond, without workers that could come in between.
@Suite("The ends of locks and freezes", .timeLimit(.minutes(20)))
struct LockMomentTests {
    @Test(arguments: [(9_999, false), (10_000, true), (10_001, true)])
    func aLockLetsPassFromItsEndOn(milliseconds: Int, passes: Bool) async throws {
        try await EngineHarness.run(.withClosing, isRunning: false) { bot in
            let id = try await StagedChange(bot: bot).agreed(by: .cat)
            try await bot.type(#"42 lock "mine" --for 10s"#, by: .bob, pause: .zero)
            bot.clock.advance(by: .milliseconds(milliseconds))
            let intent = try await StagedChange(bot: bot).lastCheck(id)
            #expect((intent != nil) == passes)
            #expect(try await bot.change(id).state == (passes ? .sending : .ready))
            let answer = try await bot.type("42 scale 2", by: .amy, pause: .zero).text
            #expect(answer.contains("is locked by bob") != passes)
            if passes { try await end(id, bot) }
        }
    }

    @Test(arguments: [(9_999, false), (10_000, true), (10_001, true)])
    func aTypedFreezeLetsPassFromItsEndOn(milliseconds: Int, passes: Bool) async throws {
        try await EngineHarness.run(.withClosing, isRunning: false) { bot in
            let id = try await StagedChange(bot: bot).agreed(by: .cat)
            try await bot.type(#"freeze "release" --for 10s env=prod"#, by: .bob, pause: .zero)
            bot.clock.advance(by: .milliseconds(milliseconds))
            let intent = try await StagedChange(bot: bot).lastCheck(id)
            #expect((intent != nil) == passes)
            let answer = try await bot.type("42 scale 2", by: .amy, pause: .zero).text
            #expect(answer.contains("is frozen by bob") != passes)
            if passes { try await end(id, bot) }
        }
    }

    @Test(arguments: [(-1, true), (0, false), (59_999, false), (60_000, true)])
    func aConfiguredFreezeHoldsFromItsFirstMomentToItsLast(milliseconds: Int, passes: Bool) async throws {
        var rules = TestRules.withClosing
        let begin = ManualClock.start + .seconds(100)
        rules.freezes = [
            Freeze(
                name: "year end",
                clusters: .init(labels: ["env": ["prod"]]),
                from: begin,
                until: begin + .seconds(60),
                source: .configuration
            )
        ]
        try await EngineHarness.run(rules, isRunning: false) { bot in
            let id = try await StagedChange(bot: bot).agreed(by: .cat)
            bot.clock.advance(by: begin + .milliseconds(milliseconds) - bot.clock.now)
            let intent = try await StagedChange(bot: bot).lastCheck(id)
            #expect((intent != nil) == passes)
            let answer = try await bot.type("42 scale 2", by: .amy, pause: .zero).text
            #expect(answer.contains("is frozen until \((begin + .seconds(60)).readable): “year end”.") != passes)
            if passes { try await end(id, bot) }
        }
    }

    /// A clock that is set back opens nothing.
    @Test func aClockThatIsSetBackOpensNothing() async throws {
        try await EngineHarness.run(.withClosing, isRunning: false) { bot in
            let id = try await StagedChange(bot: bot).agreed(by: .cat)
            try await bot.type(#"42 lock "mine" --for 10s"#, by: .bob, pause: .zero)
            bot.clock.setWallClock(by: .seconds(-3600))
            #expect(try await StagedChange(bot: bot).lastCheck(id) == nil)
            try await bot.type("42 unlock", by: .bob, pause: .zero)
            try await bot.type(#"freeze "release" --for 10s 42"#, by: .bob, pause: .zero)
            bot.clock.setWallClock(by: .seconds(-3600))
            #expect(try await StagedChange(bot: bot).lastCheck(id) == nil)
            #expect(try await bot.change(id).state == .ready)
        }
    }

    private func end(_ id: Int, _ bot: EngineHarness) async throws {
        try await StagedChange(bot: bot).apply(.failed(.notSent), to: id)
    }
}
