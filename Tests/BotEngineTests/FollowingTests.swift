import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("A cluster that is on its way", .timeLimit(.minutes(20)))
struct FollowingTests {
    /// Time passes in steps as the workers see it, until it is seen.
    private func pass(_ bot: EngineHarness, _ seconds: Int) async throws {
        for _ in 0..<(seconds / 30) {
            bot.clock.advance(by: .seconds(30))
            try await bot.goRound()
        }
    }

    @Test func isFollowedUntilItRunsAgain() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 restart workers", in: .ops)
            try await bot.until(1, is: .succeeded)
            bot.clusters.alter(43) { $0.status = "Restarting" }
            try await bot.until("it is said") {
                try await pass(bot, 30)
                return try await bot.conversation(1).text.contains(
                    "📡 dev-train is Restarting. I look at it until it runs with all its nodes"
                )
            }
            try await pass(bot, 240)
            bot.clusters.alter(43) { $0.status = "Running" }
            try await bot.until("it runs again") {
                try await pass(bot, 30)
                return try await bot.kinds(1).last == "followed"
            }
            try await bot.untilShown(1)
            let card = try await bot.conversation(1).text
            #expect(card.contains(/Running again after \d+ min, 8 nodes\./) && !card.contains("📡"), "\(card)")
            // Whoever waited for so long does something else by now.
            try await bot.until("amy is called") {
                bot.chat.posts(in: .ops).contains {
                    $0.mentions == [Person.amy.account]
                        && $0.text.contains("8 workers of dev-train restarted, not the controller. Running again after")
                }
            }
            #expect(bot.chat.posts.filter { $0.text.contains("Running again") }.count == 2)
            let reads = bot.clusters.now.reads[43]
            try await pass(bot, 120)
            #expect(bot.clusters.now.reads[43] == reads)
            #expect(try await bot.change(1).state == .succeeded)
        }
    }

    /// Who waits briefly still looks at the card: an edit is enough.
    @Test func callsNobodyForWhatCameBackAtOnce() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 restart workers", in: .ops)
            try await bot.until(1, is: .succeeded)
            try await bot.until("the line says that it goes on") {
                bot.chat.posts(in: .ops).contains { $0.text.contains("I look at it until it runs.") }
            }
            bot.clusters.alter(43) { $0.status = "Restarting" }
            try await bot.until("it is seen") {
                try await pass(bot, 30)
                return try await bot.conversation(1).text.contains("dev-train is Restarting")
            }
            bot.clusters.alter(43) { $0.status = "Running" }
            try await bot.until("it runs again") {
                try await pass(bot, 30)
                return try await bot.kinds(1).last == "followed"
            }
            try await bot.untilShown(1)
            #expect(bot.chat.posts.filter { $0.text.contains("Running again") }.map(\.isCard) == [true])
        }
    }

    /// What does not put the cluster on its way anew ends nothing.
    @Test func goesOnBesideAChangeThatRestartsNothing() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 restart workers", in: .ops)
            try await bot.until(1, isShown: .succeeded)
            try await bot.say("43 sg add 3", in: .ops)
            try await bot.until(2, is: .succeeded)
            #expect(try await bot.file.read { try $0.followings() }.map(\.change) == [1])
            #expect(try await bot.conversation(1).text.contains("📡"))
        }
    }

    /// Another change may put the cluster on its way anew: the card says why nobody looks any more.
    @Test func endsWithTheNextSendingAndSaysSo() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 restart workers", in: .ops)
            try await bot.until(1, isShown: .succeeded)
            try await bot.say("43 restart cluster", in: .ops)
            try await bot.until(2, is: .succeeded)
            try await bot.until("the first one's card says so") {
                try await bot.conversation(1).text.contains(
                    "#2 came next, so I look no further whether it runs."
                )
            }
            #expect(try await !bot.conversation(1).text.contains("📡"))
        }
    }

    @Test func thatDoesNotComeBackIsToldToWhoeverAsked() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 restart workers", in: .ops)
            try await bot.until(1, is: .succeeded)
            bot.clusters.alter(43) { $0.status = "Restarting" }
            try await bot.until("the time is over") {
                try await pass(bot, 60)
                return try await bot.kinds(1).last == "followed"
            }
            try await bot.until("amy is called") {
                bot.chat.posts(in: .ops).contains {
                    $0.mentions == [Person.amy.account]
                        && $0.text.contains("It does not run again 30 min later: the status is Restarting.")
                }
            }
            #expect(try await bot.file.read { try $0.followings() }.isEmpty)
        }
    }

    @Test func isFollowedOnAfterARestartAndForOneChangeOnly() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 scale 1", in: .ops)
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.file.read { try $0.followings() }.map(\.change) == [1])
            // What is sent next ends it, and is followed itself.
            try await bot.say("43 restart workers", in: .ops)
            try await bot.until(2, is: .succeeded)
            #expect(try await bot.file.read { try $0.followings() }.map(\.change) == [2])
            try await bot.until("the first card says so") {
                try await !bot.conversation(1).text.contains("📡")
            }
            try await bot.stop()
            bot.restart()
            bot.clusters.alter(43) { $0.status = "Restarting" }
            try await bot.until("it is seen") {
                try await pass(bot, 30)
                return try await bot.file.read { try $0.followings() }.first?.busyStatus == "Restarting"
            }
            bot.clusters.alter(43) { $0.status = "Running" }
            try await bot.until("it runs again") {
                try await pass(bot, 30)
                return try await bot.kinds(2).last == "followed"
            }
            #expect(try await !bot.kinds(1).contains("followed"))
        }
    }

    /// Where nobody looked for longer than that, nothing is said of it.
    @Test func thatNobodyWatchedForLongIsFollowedNoMore() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 restart workers", in: .ops)
            try await bot.until(1, is: .succeeded)
            try await bot.untilShown(1)
            try await bot.stop()
            bot.clock.advance(by: .seconds(7200))
            bot.restart()
            try await bot.until("it is followed no more") {
                try await pass(bot, 30)
                return try await bot.file.read { try $0.followings() }.isEmpty
            }
            #expect(try await bot.kinds(1).last == "succeeded")
            try await bot.until("the card says so") { try await !bot.conversation(1).text.contains("📡") }
        }
    }

    /// A wall clock that is set tells nothing of how long it took.
    @Test func isCountedByTheUptime() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 restart workers", in: .ops)
            try await bot.until(1, is: .succeeded)
            bot.clusters.alter(43) { $0.status = "Restarting" }
            try await bot.until("it is seen") {
                try await pass(bot, 30)
                return try await bot.file.read { try $0.followings() }.first?.busyStatus == "Restarting"
            }
            bot.clock.setWallClock(by: .seconds(7200))
            try await pass(bot, 60)
            #expect(try await !bot.kinds(1).contains("followed"))
        }
    }
}
