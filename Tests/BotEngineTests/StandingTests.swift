import BotCore
import BotStore
import Testing

@testable import BotEngine

/// Where a change stands is said with who is still missing, and with what is before it.
@Suite("Standing", .timeLimit(.minutes(20)))
struct StandingTests {
    @Test func namesTheChangeThatIsSentBefore() async throws {
        try await EngineHarness.run { bot in
            let sending = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 image 80", in: .ops)
            try await sending.reached()
            try await bot.say("43 image 81", in: .ops)
            try await bot.until(2, is: .ready)
            #expect(try await bot.say("43 status").contains("waits for #1 on dev-train"))
            #expect(try await bot.say("pending").contains("waits for #1 on dev-train"))
            #expect(try await bot.say("show 2").contains("– after #1 on dev-train"))
            sending.open()
            try await bot.until(2, is: .succeeded)
        }
    }

    /// The cards of all that waits say at each moment what they wait for.
    @Test func isShownOnTheCardAsItChanges() async throws {
        try await EngineHarness.run(.withClosing) { bot in
            func card(_ change: Int, says words: String) async throws {
                try await bot.until("#\(change) says “\(words)”") {
                    bot.chat.posts(in: .ops).contains {
                        $0.isCard && $0.text.contains("#\(change) ·") && $0.text.contains(words)
                    }
                }
            }
            let sending = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 image 77", in: .ops)
            try await sending.reached()
            for image in [80, 81, 83] { try await bot.say("43 image \(image)", in: .ops) }
            try await card(2, says: "after #1 on dev-train")
            try await card(3, says: "after #2 on dev-train")
            try await card(4, says: "after #3 on dev-train")
            try await bot.say("cancel 3")
            try await card(4, says: "after #2 on dev-train")
            try await bot.say(#"freeze "release" 43 for 1h"#, by: .bob, in: .ops)
            try await card(4, says: "– frozen until")
            try await card(2, says: "“release”")
            try await bot.say("unfreeze F1", by: .bob, in: .ops)
            try await card(4, says: "after #2 on dev-train")
            sending.open()
            try await bot.until(4, is: .succeeded)
        }
    }

    /// What people approved waits until an unknown outcome is settled, and says so.
    @Test func namesTheOutcomeThatIsUnknown() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownNotApplied, on: 42)
            let sending = bot.clusters.holdSendings(to: 42)
            for line in ["42 restart workers", "42 restart cluster"] { try await bot.say(line, in: .ops) }
            for change in [1, 2] {
                try await bot.until(change, isShown: .pending)
                try await bot.say("approve \(change)", by: .bob)
            }
            try await sending.reached()
            sending.open()
            try await bot.until(1, isShown: .unknown)
            try await bot.until("#2 says so") {
                try await bot.conversation(2).text.contains("– until it is known what came of #1")
            }
        }
    }

    /// Whoever approves knows that it is not sent at once, and hears when the time for it ends.
    @Test func isShownToWhoeverApprovesWhileTheClusterIsLocked() async throws {
        try await EngineHarness.run(.withClosing) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.say(#"42 lock "I look""#, by: .bob, in: .ops)
            try await bot.until("the card says so") {
                try await bot.conversation(1).text.contains("prod-train is locked by bob until")
            }
            let answer = try await bot.say("approve 1", by: .cat)
            #expect(
                answer.hasPrefix("Done: you approved #1; it waits, because prod-train is locked by bob until"),
                "\(answer)"
            )
            try await bot.until("it says until when") {
                try await bot.conversation(1).text.contains("if not sent")
            }
            try await bot.say("42 unlock", by: .bob, in: .ops)
            try await bot.until(1, is: .succeeded)
        }
    }

    /// One of two groups has approved: the other is still asked, and the first is not named any more.
    @Test func namesWhoIsStillMissing() async throws {
        var rules = TestRules()
        rules.rules[3] = TestRules.rule(
            "both agree",
            env: "pair",
            needs: TestRules.approvals(("leads", 1), ("owners", 1))
        )
        try await EngineHarness.run(rules) { bot in
            try await bot.say("45 image 80", in: .ops)
            try await bot.until(1, isShown: .pending)
            #expect(
                try await bot.say("approve 1", by: .bob)
                    == "Done: you approved #1; it waits for approval by an owner."
            )
            #expect(try await bot.say("45 status").contains("waits for approval by an owner"))
            #expect(try await bot.say("45 image 80").contains("it waits for approval by an owner."))
        }
    }

    /// Nobody is handed a line that would be refused.
    @Test func isHandedAsALineToWhoeverMaySayIt() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownNotApplied, on: 43)
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, isShown: .unknown)
            for (count, person) in [Person.amy, .bob].enumerated() {
                try await bot.click(.resolveSucceeded, on: 1, by: person)
                try await bot.until("\(person) is told") { bot.chat.told.count == count + 1 }
            }
            let texts = bot.chat.told.map(\.text)
            #expect(!texts[0].contains("resolve 1") && texts[0].contains("resolve"), "\(texts)")
            #expect(texts[1].contains("/cluster resolve 1 succeeded"), "\(texts)")
        }
    }

    /// Whoever holds the lock passes by what it keeps, so nothing is said to be before them.
    @Test func namesNothingThatIsPassedBy() async throws {
        try await EngineHarness.run(.withClosing) { bot in
            for (person, line) in [(Person.amy, "42 restart workers"), (.cat, "42 restart cluster")] {
                try await bot.say(line, by: person, in: .ops)
            }
            for change in [1, 2] { try await bot.until(change, isShown: .pending) }
            try await bot.say(#"42 lock "I look""#, by: .cat, in: .ops)
            try await bot.say("approve 1", by: .bob)
            #expect(try await bot.say("approve 2", by: .bob) == "Done: you approved #2; it is sent next.")
            try await bot.until(2, is: .succeeded)
            #expect(try await bot.change(1).state == .ready)
        }
    }

    /// The begin and the end of a configured freeze come by the clock alone.
    @Test func isShownWhenAConfiguredFreezeBeginsAndEnds() async throws {
        var rules = TestRules()
        let begin = ManualClock().now + .seconds(30)
        rules.freezes = [
            Freeze(name: "year end", clusters: nil, from: begin, until: begin + .seconds(60), source: .configuration)
        ]
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            #expect(try await !bot.conversation(1).text.contains("is frozen"))
            let (posts, told) = (bot.chat.posts.count, bot.chat.told.count)
            bot.clock.advance(by: .seconds(31))
            try await bot.until("its card says so") { try await bot.conversation(1).text.contains("is frozen until") }
            #expect(try await bot.conversation(1).text.contains("an approval holds for 15 min"))
            bot.clock.advance(by: .seconds(61))
            try await bot.until("its card says nothing of it") {
                try await !bot.conversation(1).text.contains("is frozen until")
            }
            // Edits only, but for the history channel's own lines about the freeze.
            #expect(bot.chat.posts.count { $0.isCard } == 1 && bot.chat.told.count == told, "\(posts)")
        }
    }

    /// Where nothing can be edited, each card is a new message that calls people: what it waits for is no reason for one.
    @Test func isNoReasonForAnotherMessage() async throws {
        try await EngineHarness.run(.withClosing) { bot in
            bot.chat.have { $0.edits = false }
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let before = bot.chat.posts(in: .ops).count { $0.isCard }
            try await bot.say(#"42 lock "I look""#, by: .cat, in: .ops)
            bot.clock.advance(by: .seconds(5))
            try await bot.until("it is noticed") { try await bot.change(1).shownWait != nil }
            try await bot.goRound()
            #expect(bot.chat.posts(in: .ops).count { $0.isCard && $0.text.contains("prod-train") } == before)
        }
    }

    /// The channel takes nothing, so whoever asked was told in private: what it waits for is no reason to tell them again.
    @Test func isToldToNobodyAnew() async throws {
        try await EngineHarness.run(.withClosing) { bot in
            bot.chat.fail(.ops, .permanent("token revoked"))
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until("amy is told") { !bot.chat.told.isEmpty }
            try await bot.until("that is noted") {
                try await bot.file.read { try $0.post(change: 1, place: .conversation)?.told ?? 0 > 0 }
            }
            let told = bot.chat.told.count
            try await bot.say(#"42 lock "I look""#, by: .cat, in: .lab)
            try await bot.until("it is noticed") { try await bot.change(1).shownWait != nil }
            for _ in 0..<3 {
                bot.clock.advance(by: .seconds(61))
                try await bot.goRound()
            }
            #expect(bot.chat.told.count == told, "\(bot.chat.told.map(\.text))")
        }
    }
}
