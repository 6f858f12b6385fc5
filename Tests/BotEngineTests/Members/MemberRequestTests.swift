import BotCore
import TestSupport
import Testing

@testable import BotEngine

/// People who may ask because a chat platform has them in a user group.
@Suite("User groups: who may ask", .timeLimit(.minutes(20)))
struct MemberRequestTests {
    private static var rules: TestRules {
        var rules = TestRules()
        rules.userGroups = ["engineers": [.onCall]]
        return rules
    }

    @Test func aMemberWhoIsNotListedMayAskAndRead() async throws {
        try await EngineHarness.run(Self.rules) { bot in
            bot.directory.put(.zoe)
            #expect(try await bot.say("43 scale 4", by: .zoe).hasPrefix("#1 "))
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.change(1).requester.account == Person.zoe.account)
            #expect(try await bot.say("whoami", by: .zoe).contains("in engineers"))
            #expect(try await bot.say("show 1", by: .zoe).contains("#1"))
        }
    }

    @Test func somebodyElseMayNot() async throws {
        try await EngineHarness.run(Self.rules) { bot in
            bot.directory.put(.amy)
            try await bot.say("43 scale 4", by: .zoe)
            try await bot.until(1, is: .refused)
            #expect(try await bot.change(1).outcome?.hasPrefix("You are not set up yet.") == true)
            #expect(try await bot.say("whoami", by: .zoe).hasPrefix("You are not set up yet."))
            #expect(try await bot.say("show 1", by: .zoe).contains("no change #1 for you"))
        }
    }

    /// Three seconds are Slack's, and a look-up may take longer.
    @Test func theNumberComesBeforeTheLookUp() async throws {
        try await EngineHarness.run(Self.rules) { bot in
            bot.directory.put(.eve)
            let gate = bot.directory.hold()
            #expect(try await bot.say("43 scale 4", by: .eve).hasPrefix("#1 "))
            try await gate.reached()
            #expect(try await bot.change(1).state == .preparing)
            #expect(bot.clusters.sendings.isEmpty)
            bot.directory.openAllGates()
            try await bot.until(1, is: .succeeded)
        }
    }

    /// Before it is known who asks, nothing is said of the cluster.
    @Test func aStrangerIsNotToldWhoLockedACluster() async throws {
        var rules = TestRules.withClosing
        rules.userGroups = ["engineers": [.onCall]]
        try await EngineHarness.run(rules) { bot in
            bot.directory.put(.amy)
            #expect(try await bot.say(#"43 lock "secret run""#, by: .bob).hasPrefix("Done: "))
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            let answer = try await bot.say("43 scale 4", by: .zoe)
            try await bot.until(1, is: .refused)
            let outcome = try #require(try await bot.change(1).outcome)
            for text in [answer, outcome] { #expect(!text.contains("secret run") && !text.contains("bob"), "\(text)") }
            // Who turns out to be a member is told.
            bot.directory.put(.eve)
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            try await bot.say("43 scale 4", by: .eve)
            try await bot.until(2, is: .refused)
            #expect(try await bot.change(2).outcome?.contains("is locked by bob") == true)
        }
    }

    @Test func withoutAnAnswerItIsRefusedAndSaysWhatToDo() async throws {
        try await EngineHarness.run(Self.rules) { bot in
            bot.directory.fail(.refused("Give the app the scope `usergroups:read`."))
            try await bot.say("43 scale 4", by: .eve)
            try await bot.until(1, is: .refused)
            let outcome = try #require(try await bot.change(1).outcome)
            #expect(outcome.contains("Who is in `engineers` could not be looked up."))
            #expect(outcome.contains("`usergroups:read`"))
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    /// A platform that never answers holds nothing up for ever.
    @Test func aLookUpThatHangsIsGivenUp() async throws {
        try await EngineHarness.run(Self.rules) { bot in
            bot.directory.put(.eve)
            _ = bot.directory.hold()
            try await bot.say("43 scale 4", by: .eve)
            try await bot.until(1, is: .refused)
            #expect(try await bot.change(1).outcome?.contains("did not answer within 10 s") == true)
        }
    }

    @Test func whoIsListedInTheGroupNeedsNoLookUp() async throws {
        try await EngineHarness.run(Self.rules) { bot in
            bot.directory.fail(.noAnswer("Slack is down."))
            try await bot.say("43 scale 4", by: .amy)
            try await bot.until(1, is: .succeeded)
            #expect(bot.directory.lookUps().isEmpty)
        }
    }

    /// What may be forbidden is not done.
    @Test func aRuleThatForbidsAnUnknownGroupForbids() async throws {
        var rules = Self.rules
        rules.userGroups["contractors"] = [.staff]
        rules.groups["contractors"] = []
        rules.rules.append(
            Rule(name: "not by contractors", effect: .forbid, rights: ["scale_cluster"], who: [.group("contractors")])
        )
        try await EngineHarness.run(rules) { bot in
            bot.directory.fail(.noAnswer("Slack is down."), .staff)
            try await bot.say("43 scale 4", by: .amy)
            try await bot.until(1, is: .refused)
            #expect(try await bot.change(1).outcome?.contains("The rule “not by contractors” may forbid it.") == true)
            bot.directory.fail(nil, .staff)
            bot.clock.advance(by: MemberCache.rest)
            try await bot.say("43 scale 4", by: .amy)
            try await bot.until(2, is: .succeeded)
            bot.directory.put(.amy, in: .staff)
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            try await bot.say("43 scale 4", by: .amy)
            try await bot.until(3, is: .refused)
            #expect(try await bot.change(3).outcome?.contains("The rule “not by contractors” forbids it.") == true)
        }
    }

    @Test func aFloorForAnUnknownGroupHolds() async throws {
        var rules = Self.rules
        rules.userGroups["contractors"] = [.staff]
        rules.groups["contractors"] = []
        rules.rules.append(
            Rule(
                name: "contractors need a lead",
                effect: .require,
                rights: ["scale_cluster"],
                who: [.group("contractors")],
                needs: TestRules.approvals(("leads", 1))
            )
        )
        try await EngineHarness.run(rules) { bot in
            bot.directory.fail(.noAnswer("Slack is down."), .staff)
            try await bot.say("43 scale 4", by: .amy)
            try await bot.until(1, is: .pending)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    /// Commands that come in a burst ask the platform once.
    @Test func oneAnswerServesAMinute() async throws {
        try await EngineHarness.run(Self.rules) { bot in
            bot.directory.put(.eve)
            for number in 1...10 {
                try await bot.say("43 image \(number + 100)", by: .eve)
                try await bot.until(number, is: .succeeded)
            }
            #expect(bot.directory.lookUps().count == 1)
            #expect(bot.directory.mostUnderWay == 1)
        }
    }

    @Test func thePauseThatThePlatformAsksForIsKept() async throws {
        try await EngineHarness.run(Self.rules) { bot in
            bot.directory.put(.eve)
            bot.directory.fail(.rateLimited(.seconds(300)))
            try await bot.say("43 scale 4", by: .eve)
            try await bot.until(1, is: .refused)
            bot.directory.fail(nil)
            try await bot.say("43 scale 5", by: .eve)
            try await bot.until(2, is: .refused)
            #expect(try await bot.change(2).outcome?.contains("asked too often") == true)
            #expect(bot.directory.lookUps().count == 1)
            bot.clock.advance(by: .seconds(300))
            try await bot.say("43 scale 6", by: .eve)
            try await bot.until(3, is: .succeeded)
            #expect(bot.directory.lookUps().count == 2)
        }
    }

    @Test func aReasonThatIsNeededIsMissedAfterTheLookUpToo() async throws {
        var rules = Self.rules
        rules.reasons = ReasonNeeds(required: ["scale_cluster"], pattern: nil)
        try await EngineHarness.run(rules) { bot in
            bot.directory.put(.eve)
            try await bot.say("43 scale 4", by: .eve)
            try await bot.until(1, is: .refused)
            #expect(try await bot.change(1).outcome == "It needs a reason. Ask again with one.")
            try await bot.say("43 scale 4 because of a queue", by: .eve)
            try await bot.until(2, is: .succeeded)
        }
    }

    /// Rules that are read anew while nothing is known end nothing that may be allowed.
    @Test func aReloadLeavesAloneWhatHangsOnALookUp() async throws {
        var rules = Self.rules
        rules.rules[0] = TestRules.rule("engineers act on dev", env: "dev", needs: TestRules.approvals(("leads", 1)))
        try await EngineHarness.run(rules) { bot in
            bot.directory.put(.eve)
            try await bot.say("43 scale 4", by: .eve)
            try await bot.until(1, isShown: .pending)
            bot.directory.fail(.noAnswer("Slack is down."))
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            let file = ReloadedFile(path: "x", owner: "root", modifiedAt: bot.clock.now)
            let next = rules.changed { $0.rules.append(TestRules.rule("more", env: "pair", needs: .nothing)) }
            try await Reload(context: bot.context).putInForce(next, from: file)
            #expect(try await bot.change(1).state == .pending)
        }
    }
}
