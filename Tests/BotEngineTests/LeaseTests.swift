import BotCore
import Testing

@testable import BotEngine

@Suite("A sender that is taken for lost", .timeLimit(.minutes(20)))
struct LeaseTests {
    /// The sending hangs; its lease is 45 s: 5 s to begin, 30 s for the call, 10 s to spare.
    private func hang(_ bot: EngineHarness, _ outcome: SimulatedClusters.Outcome) async throws -> Gate {
        let gate = bot.clusters.holdSendings(to: 43)
        bot.clusters.willAnswer(outcome, on: 43)
        try await bot.say("43 restart workers")
        try await gate.reached()
        try await bot.until(1, isShown: .sending)
        // The harness lets seconds pass while it waits.
        bot.clock.advance(by: .seconds(30))
        try await bot.goRound()
        #expect(try await bot.change(1).state == .sending)
        bot.clock.advance(by: .seconds(15))
        try await bot.until(1, isShown: .unknown)
        return gate
    }

    @Test func leavesAnUnknownOutcomeThatPeopleHearOf() async throws {
        try await EngineHarness.run { bot in
            let gate = try await hang(bot, .unknownApplied)
            #expect(
                try await bot.change(1).outcome?.hasPrefix("The sending did not come to an end in its time.") == true
            )
            let ended = try await bot.intent(1)?.endedAt
            gate.open()
            try await bot.goRound()
            #expect(try await bot.change(1).state == .unknown)
            #expect(try await bot.intent(1)?.endedAt == ended)
            #expect(bot.sendings(1).count == 1)
        }
    }

    @Test(arguments: [SimulatedClusters.Outcome.accept, .refuse("No."), .notSent("It never left.")])
    func isHeardWhenItsAnswerComesAfterAll(_ outcome: SimulatedClusters.Outcome) async throws {
        try await EngineHarness.run { bot in
            let gate = try await hang(bot, outcome)
            gate.open()
            try await bot.until("it is settled") { try await bot.change(1).state.isEnd }
            let change = try await bot.change(1)
            switch outcome {
            case .accept: #expect(change.state == .succeeded && change.howKnown == .answer)
            case .refuse: #expect(change.state == .failed && change.howKnown == .answer)
            default: #expect(change.state == .failed && change.howKnown == .notSent)
            }
            #expect(change.outcome?.hasPrefix("The answer came after all:") == true)
            #expect(bot.sendings(1).count == 1)
        }
    }

    /// A person has said meanwhile what came of it. That stays, and what the sender knows is told.
    @Test func doesNotOverruleAPerson() async throws {
        try await EngineHarness.run { bot in
            let gate = try await hang(bot, .accept)
            try await bot.say("resolve 1 failed looked at it", by: .bob)
            try await bot.until(1, is: .failed)
            gate.open()
            try await bot.until("the answer is told") {
                try await bot.change(1).outcome?.hasPrefix("After it was settled, the answer came:") == true
            }
            #expect(try await bot.change(1).state == .failed)
            #expect(try await bot.change(1).howKnown == .person)
        }
    }

    @Test func theLeaseAndTheFenceAreInTheIntent() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 scale 1")
            try await bot.until(1, is: .succeeded)
            let intent = try #require(try await bot.intent(1))
            #expect(intent.leaseUntil == intent.startedAt + .seconds(45))
            #expect(intent.fence == 1)
        }
    }

    @Test func whoLostTheStoreSendsNothing() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 1")
            try await gate.reached()
            bot.store.lose()
            gate.open()
            try await bot.until(1, is: .failed)
            #expect(try await bot.change(1).howKnown == .notSent)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }
}
