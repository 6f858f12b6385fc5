import BotCore
import Testing

@testable import BotEngine

/// What the engine does on platforms that can do less, or are slower.
@Suite("A platform", .timeLimit(.minutes(20)))
struct ChatFeatureTests {
    @Test func withoutButtonsGetsWordsToType() async throws {
        try await EngineHarness.run { bot in
            bot.chat.have { $0.buttons = false }
            try await bot.say("42 restart cluster", in: .ops)
            try await bot.until(1, isShown: .pending)
            let card = try #require(bot.chat.posts(in: .ops).first?.versions.last)
            #expect(card.button(.approve) == nil)
            #expect(card.wholeText.contains("/cluster approve 1"))
        }
    }

    @Test func withoutPrivateAnswersIsToldNothingThatOnlyOnePersonMaySee() async throws {
        try await EngineHarness.run { bot in
            bot.chat.have { $0.privateAnswers = false }
            bot.chat.fail(.ops, .cannotPostHere("Invite me."))
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .refused)
            #expect(bot.chat.told.isEmpty)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    /// Everybody in the channel would read it, also those who may not read the cluster.
    @Test func withoutPrivateAnswersIsAskedNothingThatFollowsInPrivate() async throws {
        try await EngineHarness.run { bot in
            bot.chat.have { $0.privateAnswers = false }
            for question in ["42 status", "42 scale 1 --plan"] {
                #expect(
                    try await bot.say(question, in: .ops).hasPrefix("Everybody here would see the answer"),
                    "\(question)"
                )
            }
            // Nobody else is there.
            let status = try await bot.type("42 status", in: .direct, isDirect: true)
            #expect(status.text.hasPrefix("42 prod-train: Running"))
            try await bot.say("42 scale 1", in: .ops)
            try await bot.until(1, isShown: .pending)
            // Whoever asked cannot approve, and would be told so in private.
            try await bot.click(.approve, on: 1, by: .amy)
            try await bot.goRound()
            #expect(bot.chat.told.isEmpty)
        }
    }

    @Test func isGivenItsOwnPace() async throws {
        try await EngineHarness.run { bot in
            bot.chat.have { $0.pace = .seconds(4) }
            for group in 1...3 { try await bot.type("43 sg add \(group)", in: .ops, pause: .zero) }
            try await bot.until("all are posted") { bot.chat.posts(in: .ops).count == 3 }
            let times = bot.chat.posts(in: .ops).map(\.at)
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= .seconds(4) }, "\(times)")
        }
    }
}
