import BotCore
import Testing

@testable import BotEngine

/// Whose approval counts, and who is named for it.
@Suite("An approval", .timeLimit(.minutes(20)))
struct CountedTests {
    /// A lead who may not read the cluster decides nothing there.
    @Test func needsTheRightToRead() async throws {
        var rules = TestRules()
        rules.rules.append(
            Rule(
                name: "secret",
                effect: .forbid,
                rights: [Right.read],
                who: [.person("bob")],
                clusters: .init(ids: [42])
            )
        )
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.conversation(1).text.contains("✋ cat: approve?"))
            try await bot.click(.approve, on: 1, by: .bob)
            try await bot.until("bob is told") { bot.chat.told.count == 1 }
            #expect(bot.chat.told[0].text.hasPrefix("There is no change #1 for you."))
            #expect(try await bot.states() == [.pending])
            #expect(try await !bot.say("who can approve 42 scale 4").contains("bob"))
        }
    }

    /// Nor does an approval from before the right was taken away.
    @Test func countsNoLongerWithoutTheRightToRead() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            let changed = TestRules().changed { rules in
                rules.rules.append(
                    Rule(name: "secret", effect: .forbid, rights: [Right.read], who: [.person("bob")])
                )
            }
            bot.context.replace(rulebook: changed)
            try await bot.say("approve 1", by: .cat)
            #expect(try await bot.states() == [.pending])
        }
    }

    /// The result names those who were enough, and nobody whose approval no longer counted.
    @Test func isNamedInTheResultOnlyIfItCounted() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("46 scale 4")
            try await bot.until(1, isShown: .pending)
            // One of two owners, who then leaves; a lead is enough.
            try await bot.say("approve 1", by: .dan)
            let changed = TestRules().changed { $0.groups["owners"] = ["fay"] }
            bot.context.replace(rulebook: changed)
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, isShown: .succeeded)
            #expect(try await bot.conversation(1).text.contains("approved by bob · rule"))
            try await bot.until("the history channel hears of it") { bot.chat.posts(in: .log).count == 1 }
            #expect(bot.chat.posts(in: .log)[0].text.contains("approved by bob."))
            // Whoever leaves later did approve it.
            bot.context.replace(rulebook: TestRules().changed { $0.groups["leads"] = ["cat"] })
            #expect(try await bot.say("show 1").contains("approved by bob · rule"))
        }
    }

    /// Typed before the card was posted, nobody can know what they agree to.
    @Test func needsACardThatWasPosted() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.chat.hold(.ops)
            try await bot.say("42 scale 4", in: .ops)
            try await gate.reached()
            try await bot.until(1, is: .pending)
            let answer = try await bot.say("approve 1", by: .bob, in: .lab)
            #expect(answer.hasPrefix("The card of #1 with its plan is not posted yet"))
            #expect(try await bot.states() == [.pending])
            gate.open()
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.say("approve 1", by: .bob, in: .lab).hasPrefix("Done: you approved #1"))
        }
    }

    @Test func thatIsOneOfTwoIsSaidWhenTimeIsOver() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            bot.clock.advance(by: .seconds(1801))
            try await bot.until(1, isShown: .expired)
            #expect(try await bot.conversation(1).text.contains("Only 1 of 2 had approved it in 30 min."))
        }
    }
}
