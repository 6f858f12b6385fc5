import BotCore
import Testing

@testable import BotEngine

@Suite("A command that comes late", .timeLimit(.minutes(20)))
struct LateTests {
    @Test func isShownToItsRequesterInsteadOfBeingExecuted() async throws {
        try await EngineHarness.run { bot in
            try await bot.type("43 scale 4", ago: .milliseconds(120_001))
            try await bot.until(1, isShown: .pending)
            let text = try await bot.conversation(1).text
            #expect(text.contains("amy, please confirm: +4 nodes on dev-train"))
            #expect(text.contains("It was typed more than 2 min before it could be looked at."))
            #expect(text.contains("[Add 4 nodes] [Withdraw]"))
            #expect(bot.clusters.sendings.isEmpty)
            #expect(try await bot.say("confirm 1", by: .bob).hasPrefix("Only amy"))
            try await bot.click(.confirm, on: 1, by: .amy)
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func isExecutedWithinTwoMinutes() async throws {
        try await EngineHarness.run { bot in
            try await bot.type("43 scale 4", ago: .seconds(120))
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func isShownAlsoWhenItWasReadyBeforeTheProcessDied() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            #expect(try await bot.change(1).state == .ready)
            try await bot.crash()
            bot.clock.advance(by: .seconds(121))
            bot.restart()
            try await bot.until(1, isShown: .pending)
            #expect(
                try await bot.conversation(1).text.contains(
                    "It was typed more than 2 min before it could be looked at."
                )
            )
            #expect(bot.clusters.sendings.isEmpty)
            try await bot.say("confirm 1")
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func isExecutedAfterAShortStop() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            try await bot.crash()
            bot.clock.advance(by: .seconds(60))
            bot.restart()
            try await bot.until(1, is: .succeeded)
        }
    }

    /// Waiting for one's turn is not lateness.
    @Test func isNotWhatOnlyWaitedForTheClustersTurn() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            _ = try await bot.type("43 scale 2", ago: .seconds(100))
            try await bot.until(2, is: .ready)
            bot.clock.advance(by: .seconds(30))
            gate.open()
            try await bot.until(2, is: .succeeded)
        }
    }
}
