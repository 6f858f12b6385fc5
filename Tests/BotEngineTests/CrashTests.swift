import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("After a crash", .timeLimit(.minutes(20)))
struct CrashTests {
    @Test func whatWasBeingSentIsUnknownAndNotSentAgain() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 43)
            bot.clusters.willAnswer(.unknownApplied, on: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            try await bot.say("43 scale 2")
            try await bot.until(2, is: .ready)
            try await bot.crash()
            #expect(try await bot.states() == [.sending, .ready])

            bot.restart()
            try await bot.until(1, isShown: .unknown)
            #expect(
                try await bot.change(1).outcome?.hasPrefix("clusterbot was stopped in the middle of sending.") == true
            )
            #expect(try await bot.change(2).state == .refused)
            #expect(try await bot.intent(1)?.endedAt == bot.clock.now)
            // It had been carried out; the reads find that.
            bot.clock.advance(by: .seconds(1))
            try await bot.until("it is read") { bot.clusters.now.reads[43] == 2 }
            try await bot.goRound()
            bot.clock.advance(by: .seconds(60))
            try await bot.until(1, is: .succeeded)
            #expect(bot.clusters.sendings.filter { $0.cluster == 43 }.map(\.change) == [1])
        }
    }

    /// The intent is on the disk, the request was never made: nobody can know that, so it is unknown.
    @Test func anIntentWithoutASendingIsUnknownToo() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            let committed = bot.store.holdNextCommit()
            gate.open()
            try await committed.reached()
            bot.store.cutOff()
            committed.open()
            try await bot.crash()
            #expect(try await bot.change(1).state == .sending)
            bot.restart()
            try await bot.until(1, is: .unknown)
            #expect(bot.clusters.sendings.isEmpty)
            try await bot.until("it is read") { bot.clusters.now.reads[43] == 2 }
            try await bot.goRound()
            bot.clock.advance(by: .seconds(900))
            try await bot.until(1, is: .failed)
            #expect(try await bot.change(1).howKnown == .readBack)
        }
    }

    @Test func aChangeThatWasOnlyStoredGoesItsWay() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.chat.hold(.ops)
            try await bot.say("43 scale 4", in: .ops)
            try await gate.reached()
            #expect(try await bot.change(1).state == .preparing)
            try await bot.crash()
            bot.clock.advance(by: .seconds(2))
            bot.restart()
            try await bot.until(1, isShown: .succeeded)
            #expect(bot.sendings(1).count == 1)
        }
    }

    @Test func aPlanStillWaitsForPeople() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            let digest = try await bot.change(1).plan?.digest
            try await bot.crash()
            bot.restart()
            try await bot.say("approve 1", by: .cat)
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.change(1).plan?.digest == digest)
        }
    }

    @Test func anOutcomeThatWasNotToldIsTold() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let gate = bot.chat.hold(.ops)
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .succeeded)
            let message = try await bot.conversation(1).id
            try await gate.reached()
            try await bot.crash()
            bot.restart()
            try await bot.untilShown(1)
            #expect(try await bot.conversation(1).id == message)
            #expect(try await bot.conversation(1).text.contains("– done"))
        }
    }
}

@Suite("A store in trouble", .timeLimit(.minutes(20)))
struct StoreTroubleTests {
    private static let full = StoreError(.cannotWrite, "The store's disk is full: free some space. Nothing was stored.")

    @Test func isToldTheOutcomeUntilItTakesIt() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            // Everything up to the sending is posted, so that the next writes are the outcome's.
            try await bot.until(1, isShown: .sending)
            bot.store.failNextWrites(2, Self.full)
            gate.open()
            try await bot.until("one try failed") { bot.store.failuresLeft == 1 }
            #expect(try await bot.change(1).state == .sending)
            bot.clock.advance(by: .seconds(1))
            try await bot.until("the other try failed") { bot.store.failuresLeft == 0 }
            bot.clock.advance(by: .seconds(1))
            try await bot.until(1, is: .succeeded)
            #expect(bot.sendings(1).count == 1)
        }
    }

    @Test func meansThatNothingIsSentWithoutAnIntent() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            try await bot.until(1, isShown: .ready)
            bot.store.failNextWrites(1, Self.full)
            gate.open()
            try await bot.until("the intent failed") { bot.store.failuresLeft == 0 }
            #expect(try await bot.intent(1) == nil)
            #expect(bot.clusters.sendings.isEmpty)
            try await bot.until(1, is: .succeeded)
            #expect(bot.sendings(1).count == 1)
        }
    }
}
