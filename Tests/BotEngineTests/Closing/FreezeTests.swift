import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("A freeze", .timeLimit(.minutes(20)))
struct FreezeTests {
    private func run(_ rules: TestRules = .withClosing, _ scenario: (EngineHarness) async throws -> Void) async throws {
        try await EngineHarness.run(rules, scenario)
    }

    /// A freeze of the configuration that begins so many seconds after the tests do.
    private static func configured(
        _ name: String = "year end",
        from: Int,
        to: Int,
        _ clusters: Rule.ClusterSelector? = .init(labels: ["env": ["prod"]]),
        except: Freeze.Exceptions? = nil
    ) -> Freeze {
        Freeze(
            name: name,
            clusters: clusters,
            from: ManualClock.start + .seconds(from),
            until: ManualClock.start + .seconds(to),
            exceptions: except,
            source: .configuration
        )
    }

    private static func rules(_ freezes: Freeze...) -> TestRules {
        var rules = TestRules.withClosing
        rules.freezes = freezes
        return rules
    }

    private func kinds(_ bot: EngineHarness) async throws -> [String] {
        try await bot.history().filter { $0["change"]?.isNull == true }.compactMap { $0["kind"]?.string }
    }

    // MARK: From chat

    @Test func isToldToWhoAsksWhetherTheyMay() async throws {
        try await run { bot async throws in
            try await bot.say(#"freeze "release" --for 90s env=dev"#, by: .bob)
            let closed = "Now it would be refused: 43 dev-train is frozen by bob until "
            #expect(try await bot.say("why 43 scale 4").contains("is allowed: it runs at once"))
            #expect(try await bot.say("why 43 scale 4").contains(closed))
            #expect(try await bot.say("43 scale 4 --plan").contains(closed))
        }
    }

    @Test func refusesEverybodyAndKeepsWhatWaits() async throws {
        try await run { bot async throws in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            let answer = try await bot.say(#"freeze "release" --for 90s env=dev"#, by: .bob)
            let until = (bot.clock.now + .seconds(90)).readable
            #expect(answer.hasPrefix("Done: env=dev is frozen until \(until), for you too."))
            gate.open()
            let refusal = try await bot.say("43 scale 2")
            #expect(
                refusal.contains(
                    "43 dev-train is frozen by bob until \(until): “release” (F1). Ask bob, or cat can end it, or"
                )
            )
            // Its author, too.
            #expect(try await bot.say("53 image 90", by: .bob).contains("is frozen by bob"))
            try await bot.say("44 scale 4")
            try await bot.until(4, isShown: .pending)
            #expect(try await bot.change(1).state == .ready)
            #expect(try await bot.say("pending").contains("– waits, because dev-train is frozen until \(until) (F1)"))
            #expect(try await bot.say("list").contains("frozen until \(until) (F1)"))
            #expect(try await bot.say("freezes").contains("F1 – env=dev until \(until), by bob: “release”"))
            bot.clock.advance(by: .seconds(90))
            try await bot.until(1, is: .succeeded)
            try await bot.until("its end is told") { try await self.kinds(bot) == ["frozen", "unfrozen"] }
            #expect(try await bot.say("freezes") == "Nothing is frozen.")
        }
    }

    @Test func needsTheRightOnAllThatItCovers() async throws {
        try await run { bot async throws in
            #expect(try await bot.say(#"freeze "x" everything"#).contains("Nothing was frozen."))
            #expect(try await bot.say(#"freeze "x" 42"#).contains("No rule allows amy freeze on 42 prod-train"))
            #expect(try await bot.say(#"freeze "x" everything"#, by: .zoe).hasPrefix("You are not set up yet."))
            #expect(try await bot.history().isEmpty)
            #expect(try await bot.say(#"freeze "x" env=dev"#).hasPrefix("Done: env=dev is frozen"))
            #expect(try await bot.say(#"freeze "x" everything"#, by: .bob).hasPrefix("Done: everything is frozen"))
            #expect(try await bot.say("42 scale 4").contains("(F2)"))
        }
    }

    /// What covers a cluster that somebody may not read they may not freeze, and are not told which it is.
    @Test func concernsNothingThatSomebodyMayNotRead() async throws {
        var rules = TestRules.withClosing
        rules.rules.append(
            Rule(
                name: "secret",
                effect: .forbid,
                rights: [Right.read],
                who: [.person("cat")],
                clusters: .init(ids: [44])
            )
        )
        try await run(rules) { bot async throws in
            let answer = try await bot.say(#"freeze "x" everything"#, by: .cat)
            #expect(answer.contains("a cluster that you may not read"))
            #expect(!answer.contains("44"))
            #expect(try await bot.say(#"freeze "x" 44"#, by: .cat).hasPrefix("There is no cluster 44 for you."))
            try await bot.say(#"freeze "hush" 44"#, by: .bob)
            #expect(try await bot.say("freezes", by: .cat) == "Nothing is frozen.")
            #expect(try await bot.say("unfreeze F1", by: .cat) == "There is no freeze F1 that can be ended now.")
            // Nor from the history, also not of what covers it among others.
            try await bot.say(#"freeze "quiet" everything"#, by: .bob)
            let told = try await bot.say("history", by: .cat)
            #expect(!told.contains("hush") && !told.contains("quiet"), "\(told)")
            #expect(try await bot.say("history", by: .bob).contains("quiet"))
        }
    }

    @Test func isEndedByItsAuthorOrWithTheRightAndAReason() async throws {
        try await run { bot async throws in
            #expect(try await bot.say("unfreeze") == "Nothing is frozen.")
            #expect(try await bot.say("unfreeze F1", by: .bob) == "There is no freeze F1 that can be ended now.")
            try await bot.say(#"freeze "x" env=dev"#)
            try await bot.say(#"freeze "y" everything"#, by: .bob)
            #expect(try await bot.say("unfreeze").contains("F1 – env=dev until"))
            #expect(try await bot.say("unfreeze F2").contains("The freeze goes on."))
            #expect(
                try await bot.say("unfreeze F3", by: .bob)
                    == "There is no freeze F3 that can be ended now; there is F1, F2."
            )
            #expect(try await bot.say("unfreeze F1") == "Done: the freeze F1 of env=dev has ended.")
            #expect(
                try await bot.say("unfreeze F2", by: .cat).contains("bob froze it. To end it all the same, say why")
            )
            #expect(
                try await bot.say("unfreeze F2 it is out", by: .cat) == "Done: the freeze F2 of everything has ended."
            )
            // No number comes twice.
            #expect(try await bot.say(#"freeze "x" env=dev"#).contains("unfreeze F3"))
            #expect(try await kinds(bot) == ["frozen", "frozen", "unfrozen", "unfrozen", "frozen"])
        }
    }

    @Test func outlivesTheProcess() async throws {
        try await run { bot async throws in
            try await bot.goRound()
            try await bot.say(#"freeze "x" --for 10m everything"#, by: .bob)
            try await bot.crash()
            bot.restart(.withClosing)
            #expect(try await bot.say("43 scale 2").contains("is frozen by bob"))
            bot.clock.advance(by: .seconds(600))
            try await bot.until("its end is told") { try await self.kinds(bot) == ["frozen", "unfrozen"] }
            try await bot.say("43 scale 2")
            try await bot.until(3, is: .succeeded)
        }
    }

    // MARK: Of the configuration

    @Test func ofTheConfigurationIsToldAnHourBeforeOnce() async throws {
        let rules = Self.rules(Self.configured(from: 7200, to: 9000))
        try await run(rules) { bot async throws in
            try await bot.goRound()
            #expect(try await kinds(bot).isEmpty)
            #expect(
                try await bot.say("freezes").contains(
                    "year end – env=prod from \((ManualClock.start + .seconds(7200)).readable) until"
                )
            )
            bot.clock.advance(by: .seconds(3600))
            try await bot.until("it is told") { try await self.kinds(bot) == ["frozen"] }
            // Nothing is frozen yet.
            try await bot.say("42 scale 4")
            try await bot.until(2, isShown: .pending)
            try await bot.crash()
            bot.restart(rules)
            try await bot.goRound()
            #expect(try await kinds(bot) == ["frozen"])
            bot.clock.advance(by: .seconds(3600))
            #expect(try await bot.say("42 scale 2").contains("42 prod-train is frozen until"))
            bot.clock.advance(by: .seconds(1800))
            try await bot.until("its end is told") { try await self.kinds(bot) == ["frozen", "unfrozen"] }
            let outcomes = try await bot.history().filter { $0["change"]?.isNull == true }
                .compactMap { $0["detail"]?["outcome"]?.string }
            #expect(
                outcomes == [
                    "Nothing is sent to env=prod from `\(ManualClock.start + .seconds(7200))` until "
                        + "`\(ManualClock.start + .seconds(9000))`: “year end”.",
                    "The freeze “year end” is over.",
                ]
            )
        }
    }

    @Test func letsItsExceptionsPass() async throws {
        let except = Freeze.Exceptions(who: [.group("engineers")], actions: ["restart_workers"])
        try await run(Self.rules(Self.configured(from: 0, to: 9000, nil, except: except))) { bot async throws in
            try await bot.say("43 restart workers")
            try await bot.until(1, is: .succeeded)
            let refusal = try await bot.say("43 restart cluster")
            #expect(
                refusal.contains("“year end”. Only engineers may do restart_workers meanwhile. bob or cat can end it.")
            )
            #expect(try await bot.say("43 restart workers", by: .bob).contains("is frozen until"))
            // Whoever asked was an exception and is none any more when it is sent.
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 restart workers")
            try await bot.until(4, is: .ready)
            try await gate.reached()
            bot.context.replace(
                rulebook: Self.rules(Self.configured(from: 0, to: 9000, nil)).rulebook
            )
            gate.open()
            try await bot.goRoundFrozen()
            #expect(try await bot.change(4).state == .ready)
        }
    }

    /// Whoever ended it had the right on the clusters that it covered then.
    @Test func thatWasEndedHoldsWhereItIsWrittenToCoverMore() async throws {
        let rules = Self.rules(Self.configured(from: 0, to: 9000, .init(labels: ["env": ["dev"]])))
        try await run(rules) { bot async throws in
            try await bot.until("it is told") { try await self.kinds(bot) == ["frozen"] }
            #expect(try await bot.say("unfreeze year end because all is calm", by: .bob).hasPrefix("Done: "))
            let wider = Self.rules(Self.configured(from: 0, to: 9000, .init(labels: ["env": ["dev", "prod"]])))
            try await bot.crash()
            bot.restart(wider)
            #expect(try await bot.say("42 scale 4").contains("42 prod-train is frozen until"))
        }
    }

    @Test func ofTheConfigurationEndsInChatOnlyByNameWithAReasonAndTheRight() async throws {
        let rules = Self.rules(Self.configured(from: 0, to: 9000))
        try await run(rules) { bot async throws in
            try await bot.until("it is told") { try await self.kinds(bot) == ["frozen"] }
            #expect(try await bot.say("unfreeze year end calm").contains("The freeze goes on."))
            #expect(
                try await bot.say("unfreeze year end", by: .bob)
                    == #"It stands in the configuration. To end it all the same, say why: /cluster unfreeze "year end" "…""#
            )
            #expect(
                try await bot.say("unfreeze year end because all is calm", by: .bob)
                    == "Done: the freeze “year end” of env=prod has ended."
            )
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.crash()
            bot.restart(rules)
            #expect(
                try await bot.say("unfreeze year end again", by: .bob)
                    == "There is no freeze year end that can be ended now."
            )
            bot.clock.advance(by: .seconds(9000))
            try await bot.goRound()
            #expect(try await kinds(bot) == ["frozen", "unfrozen"])
        }
    }

    @Test func isEndedBeforeItBegins() async throws {
        try await run(Self.rules(Self.configured(from: 1800, to: 9000))) { bot async throws in
            try await bot.until("it is told") { try await self.kinds(bot) == ["frozen"] }
            #expect(try await bot.say("unfreeze year end not this year", by: .bob).hasPrefix("Done: "))
            #expect(try await bot.say("freezes") == "Nothing is frozen.")
            bot.clock.advance(by: .seconds(1800))
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
        }
    }

    @Test func comesAndGoesWithAReload() async throws {
        try await run { bot async throws in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            let file = ReloadedFile(path: "/etc/c.yaml", owner: "deploy", modifiedAt: ManualClock.start)
            let frozen = Self.rules(Self.configured(from: 0, to: 90_000))
            try await Reload(context: bot.context).putInForce(frozen.changed { _ in }, from: file)
            #expect(try await bot.say("42 scale 2").contains("42 prod-train is frozen"))
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .ready)
            try await bot.until("it is told") { try await self.kinds(bot) == ["reloaded", "frozen"] }
            try await bot.goRound()
            #expect(try await bot.change(1).state == .ready)
            try await Reload(context: bot.context).putInForce(TestRules.withClosing.rulebook, from: file)
            try await bot.until(1, is: .succeeded)
            try await bot.until("its end is told") {
                try await self.kinds(bot) == ["reloaded", "frozen", "reloaded", "unfrozen"]
            }
        }
    }

    /// A freeze with other times is another one, whatever came of the first.
    @Test func isAnotherWithOtherTimes() async throws {
        try await run(Self.rules(Self.configured(from: 0, to: 9000))) { bot async throws in
            try await bot.until("it is told") { try await self.kinds(bot) == ["frozen"] }
            try await bot.say("unfreeze year end calm", by: .bob)
            bot.context.replace(rulebook: Self.rules(Self.configured(from: 0, to: 12_000)).rulebook)
            #expect(try await bot.say("42 scale 2").contains("42 prod-train is frozen"))
            try await bot.until("it is told") { try await self.kinds(bot) == ["frozen", "unfrozen", "frozen"] }
        }
    }
}

extension EngineHarness {
    /// Waits until what could have happened would have happened, where nothing can be sent.
    fileprivate func goRoundFrozen() async throws {
        let number = try await changes().count + 1
        try await say("44 scale 4", by: .bob)
        try await until("the round is over") { try await self.changes().count == number }
        for _ in 1...3 {
            clock.advance(by: .seconds(6))
            try await file.write { _ in }
        }
    }
}
