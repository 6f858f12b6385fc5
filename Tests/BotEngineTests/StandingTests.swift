import BotCore
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
            #expect(try await bot.say("show 2").contains("– after #1"))
            sending.open()
            try await bot.until(2, is: .succeeded)
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
                    == "Done: you approved #1; it waits for approval by an owner now."
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
}
