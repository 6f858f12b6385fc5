import BotCore
import TestSupport
import Testing

@testable import BotEngine

/// Somebody sets the clock by an hour while things are under way.
@Suite("A wall clock that is set", .timeLimit(.minutes(20)))
struct WallClockTests {
    private static let steps = [Duration.seconds(3600), .seconds(-3600)]

    /// Holds a sending between its intent and the request.
    private func committed(_ bot: EngineHarness) async throws -> Gate {
        let read = bot.clusters.holdReads(of: 43)
        try await bot.say("43 scale 4")
        try await read.reached()
        try await bot.until(1, isShown: .ready)
        let commit = bot.store.holdNextCommit()
        read.open()
        try await commit.reached()
        return commit
    }

    @Test(arguments: steps) func doesNotMoveTheMomentByWhichARequestMustLeave(_ step: Duration) async throws {
        try await EngineHarness.run { bot in
            let commit = try await committed(bot)
            bot.clock.advance(by: .milliseconds(4999))
            bot.clock.setWallClock(by: step)
            commit.open()
            try await bot.until(1, is: .succeeded)
        }
        try await EngineHarness.run { bot in
            let commit = try await committed(bot)
            bot.clock.advance(by: .seconds(5))
            bot.clock.setWallClock(by: step)
            commit.open()
            try await bot.until(1, is: .failed)
            #expect(try await bot.change(1).howKnown == .notSent)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    @Test(arguments: steps) func doesNotMakeASenderLost(_ step: Duration) async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            bot.clock.setWallClock(by: step)
            try await bot.goRound()
            #expect(try await bot.change(1).state == .sending)
            gate.open()
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.change(1).howKnown == .answer)
        }
    }

    @Test(arguments: steps) func doesNotShortenOrLengthenTheWaitForProof(_ step: Duration) async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownNotApplied, on: 43)
            try await bot.say("43 scale 4")
            try await bot.until(1, isShown: .unknown)
            try await bot.until("a read") { bot.clusters.now.reads[43] == 2 }
            let ended = bot.clock.uptime
            bot.clock.setWallClock(by: step)
            try await bot.goRound()
            #expect(bot.clusters.now.reads[43] == 2)
            bot.clock.advance(by: .seconds(800))
            try await bot.until("another read") { bot.clusters.now.reads[43] == 3 }
            try await bot.goRound()
            #expect(try await bot.change(1).state == .unknown)
            bot.clock.advance(by: ended + .seconds(900) - bot.clock.uptime)
            try await bot.until(1, is: .failed)
        }
    }

    @Test func doesNotLengthenTheTimeToAgree() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            // The time is noted once a second.
            bot.clock.advance(by: .seconds(1))
            try await bot.goRound()
            bot.clock.setWallClock(by: .seconds(-3600))
            bot.clock.advance(by: .seconds(1799))
            try await bot.until(1, is: .expired)
        }
    }

    @Test func doesNotLengthenAnAgreement() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 42)
            for (number, command) in [(1, "42 sg add 3"), (2, "42 sg add 4")] {
                try await bot.say(command)
                try await bot.until(number, isShown: .pending)
                try await bot.say("approve \(number)", by: .bob)
            }
            try await gate.reached()
            bot.clock.advance(by: .seconds(1))
            try await bot.goRound()
            bot.clock.setWallClock(by: .seconds(-3600))
            bot.clock.advance(by: .seconds(900))
            try await bot.until(2, is: .expired)
            #expect(bot.sendings(2).isEmpty)
        }
    }

    @Test(arguments: steps) func doesNotMoveTheTimeInWhichASenderIsAnswered(_ step: Duration) async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            for (number, passing) in [(1, Duration.milliseconds(1900)), (2, .milliseconds(2500))] {
                let gate = bot.store.holdNextWrite()
                let answer = Task { try await bot.type("43 sg add \(number)") }
                try await gate.reached()
                bot.clock.setWallClock(by: step)
                bot.clock.advance(by: passing)
                if number == 2 { await #expect(throws: TooLate.self) { try await answer.value } }
                gate.open()
                if number == 1 { #expect(try await answer.value.text.hasPrefix("#1 ")) }
            }
            #expect(try await bot.changes().count == 1)
        }
    }

    @Test func doesNotKeepAChannelWaiting() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.clock.setWallClock(by: .seconds(-3600))
            try await bot.say("42 image 77", in: .ops)
            try await bot.until(2, isShown: .pending)
        }
    }

    /// Its signature may be fresh once more.
    @Test func doesNotMakeARepeatedDeliveryANewOne() async throws {
        try await EngineHarness.run { bot in
            let first = try await bot.type("43 scale 4", key: "delivery 1")
            try await bot.until(1, is: .succeeded)
            bot.clock.advance(by: .seconds(3600))
            bot.clock.setWallClock(by: .seconds(-3600))
            #expect(try await bot.type("43 scale 4", key: "delivery 1", ago: .seconds(1)) == first)
            try await bot.goRound()
            #expect(bot.sendings(1).count == 1)
            #expect(try await bot.changes().count == 2)
        }
    }

    /// It was typed an hour from now: nobody knows how long it has been waiting.
    @Test func doesNotMakeAnOldCommandFresh() async throws {
        try await EngineHarness.run { bot in
            try await bot.type("43 scale 4", ago: .seconds(-3600))
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.conversation(1).text.contains("amy, please confirm:"))
            try await bot.type("53 scale 4", ago: .seconds(-300))
            try await bot.until(2, is: .succeeded)
        }
    }
}
