import BotCore
import BotStore
import Foundation
import TestSupport
import Testing

@testable import BotEngine

/// Quiet hours wake nobody, keep no request from going on, and are made up for when they end.
@Suite("Quiet hours", .timeLimit(.minutes(20)))
struct QuietHoursTests {
    /// Quiet hours that began a minute before the tests do, and last so many minutes from then.
    private static func quiet(_ minutes: Int) -> GroupCalls {
        let minute = ManualClock.start.seconds / 60 % 1440
        return GroupCalls(quiet: QuietHours(from: (minute + 1439) % 1440, to: (minute + minutes) % 1440, zone: .gmt))
    }

    @Test func wakesNobodyInQuietHoursAndTellsWhoAsked() async throws {
        let rules = CallingTests.rules { $0.groupCalls["leads"] = Self.quiet(600) }
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.conversation(1).mentions.isEmpty)
            #expect(try await bot.conversation(1).text.contains("bob or cat: approve?"))
            let end = try #require(try await bot.change(1).expiresAt).readable
            try await bot.until("amy is told") {
                bot.chat.told.contains { word in
                    word.text.hasPrefix("All who can approve #1 are in quiet hours until ")
                        && word.text.hasSuffix("Nobody is woken; the request stays until \(end).")
                }
            }
            #expect(try await bot.conversation(1).text.contains("quiet hours until"))
            #expect(try await bot.states() == [.pending])
            // They outlast the request.
            bot.clock.advance(by: .seconds(905))
            try await bot.goRound()
            #expect(CallingTests.about(1, bot).count == 1)
        }
    }

    /// A process that dies before it could tell leaves that to the next.
    @Test func tellsWhoAskedThatNobodyIsWokenAfterADeath() async throws {
        let rules = CallingTests.rules { $0.groupCalls["leads"] = Self.quiet(600) }
        try await EngineHarness.run(rules) { bot in
            let gate = bot.chat.holdTelling()
            try await bot.say("42 scale 4", in: .ops)
            try await gate.reached()
            try await bot.goRound()
            bot.chat.failTelling(.transient("it is gone"))
            try await bot.crash()
            bot.chat.failTelling(nil)
            bot.restart(rules)
            try await bot.until("amy is told") { bot.chat.told.contains { $0.text.contains("quiet hours until") } }
        }
    }

    /// The channel takes the reminder only when quiet hours have begun: it comes when they end, and wakes nobody before.
    @Test func comesAfterQuietHoursThatBeganWhileItWaited() async throws {
        let eight = 8 * 60
        let rules = CallingTests.rules {
            $0.groupCalls["leads"] = GroupCalls(quiet: QuietHours(from: eight + 16, to: eight + 21, zone: .gmt))
        }
        try await EngineHarness.run(rules) { bot in
            #expect(bot.clock.now.description.contains("T08:00"), "the hours of the rule fit no longer")
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.chat.failNext(.ops, .rateLimited(.seconds(120)))
            bot.clock.advance(by: .seconds(905))
            try await bot.until("the reminder is wanted, and the channel wants a pause") {
                try await bot.file.read { try $0.chatWaits().isEmpty == false }
            }
            bot.clock.advance(by: .seconds(130))
            try await bot.goRound()
            #expect(CallingTests.about(1, bot).count == 1)
            bot.clock.advance(by: .seconds(240))
            try await bot.until("they are reminded") { CallingTests.about(1, bot).count == 2 }
            #expect(CallingTests.about(1, bot)[1].mentions == [Person.bob.account, Person.cat.account])
        }
    }

    /// Half the time falls into quiet hours that end before the request does: they are reminded then, once, by whichever
    /// process runs.
    @Test func comesAtTheEndOfQuietHoursThatHalfTheTimeFallsInto() async throws {
        let rules = CallingTests.rules { $0.groupCalls["leads"] = Self.quiet(20) }
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.clock.advance(by: .seconds(905))
            try await bot.goRound()
            #expect(CallingTests.about(1, bot).count == 1)
            try await bot.crash()
            bot.restart(rules)
            let end = try #require(rules.groupCalls["leads"]?.quiet?.end(after: bot.clock.now))
            bot.clock.advance(by: end - bot.clock.now + .seconds(1))
            try await bot.until("they are reminded") { CallingTests.about(1, bot).count == 2 }
            #expect(CallingTests.about(1, bot)[1].mentions == [Person.bob.account, Person.cat.account])
            bot.clock.advance(by: .seconds(120))
            try await bot.goRound()
            #expect(CallingTests.about(1, bot).count == 2)
            #expect(try await bot.change(1).state == .pending)
        }
    }

    /// A group that is asked meanwhile is called by that alone; whoever slept is called when they wake.
    @Test func comesToWhoSleptAlthoughAFurtherGroupWasAskedMeanwhile() async throws {
        var rules = CallingTests.rules(
            asking: .approvals(
                ApprovalNeeds(entries: [
                    .init(from: "leads", count: 1, then: .init(after: .seconds(1000), from: "owners"))
                ])
            )
        )
        rules.groupCalls["leads"] = Self.quiet(20)
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.clock.advance(by: .seconds(1001))
            try await bot.until("the owners are asked") { CallingTests.about(1, bot).count == 2 }
            #expect(CallingTests.about(1, bot)[1].mentions == [Person.dan.account, Person.fay.account])
            try await bot.goRound()
            #expect(CallingTests.about(1, bot).count == 2)
            let end = try #require(rules.groupCalls["leads"]?.quiet?.end(after: bot.clock.now))
            bot.clock.advance(by: end - bot.clock.now + .seconds(1))
            try await bot.until("the leads are reminded") { CallingTests.about(1, bot).count == 3 }
            #expect(CallingTests.about(1, bot)[2].mentions.isSuperset(of: [Person.bob.account, Person.cat.account]))
        }
    }
}
