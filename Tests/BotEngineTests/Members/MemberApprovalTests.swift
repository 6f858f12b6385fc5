import BotCore
import TestSupport
import Testing

@testable import BotEngine

/// People who may approve because a chat platform has them in a user group that is asked.
@Suite("User groups: who may approve", .timeLimit(.minutes(20)))
struct MemberApprovalTests {
    /// Only the platform knows who is a lead.
    private static func rules(unlisted: Bool = false) -> TestRules {
        var rules = TestRules()
        rules.groups["leads"] = []
        rules.userGroups = ["leads": [.onCall]]
        rules.unlistedApprove = unlisted
        return rules
    }

    /// A change of amy's that waits for a lead, with these in the user group.
    private func pending(_ bot: EngineHarness) async throws {
        try await bot.say("42 scale 4")
        try await bot.until(1, isShown: .pending)
    }

    /// What could have happened meanwhile would have happened.
    private func otherWorkIsDone(_ bot: EngineHarness) async throws {
        try await bot.say("53 image 100")
        try await bot.until(2, is: .succeeded)
    }

    @Test func aListedMemberApproves() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve, .amy)
            try await pending(bot)
            #expect(try await bot.conversation(1).text.contains("✋ eve: approve?"))
            try await bot.click(.approve, on: 1, by: .eve)
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.approvals(1).map(\.counted) == [true])
        }
    }

    /// A group that wants to be called as a whole is, also where others are called by name and all must approve.
    @Test func aGroupIsCalledAsAWholeBesideOthers() async throws {
        var rules = Self.rules()
        rules.groups["security"] = ["cat"]
        rules.groupCalls["leads"] = GroupCalls(mention: .group)
        rules.rules[1] = TestRules.rule(
            "three agree",
            env: "prod",
            needs: TestRules.approvals(("leads", 1), ("owners", 1), ("security", 1))
        )
        try await EngineHarness.run(rules) { bot in
            bot.directory.put(.eve)
            try await pending(bot)
            let card = try await bot.conversation(1).text
            let request = card.split(separator: "\n").first { $0.contains("approve?") }
            #expect(request?.hasPrefix("✋ leads") == true, "\(card)")
        }
    }

    /// Whoever has approved and leaves is told once that it no longer counts; the change goes on waiting.
    @Test func whoLeftIsToldThatItNoLongerCounts() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve, .dan)
            try await bot.say("45 scale 4")
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.say("approve 1", by: .eve).hasPrefix("Done: you approved #1; it waits for "))
            bot.directory.put(.dan)
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            func told() -> [RecordingChat.Posted] {
                bot.chat.posts.filter { $0.text.contains("The approval of eve no longer counts: they left the group.") }
            }
            try await bot.until("eve is told") { !told().isEmpty }
            #expect(told()[0].mentions == [Person.eve.account])
            #expect(try await bot.change(1).state == .pending)
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            try await otherWorkIsDone(bot)
            #expect(try await bot.kinds(1).filter { $0 == "reassessed" }.count == 1)
        }
    }

    @Test func whoIsNotInItDoesNot() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve)
            try await pending(bot)
            #expect(try await bot.say("approve 1", by: .bob).contains("you are in none of these groups"))
            #expect(try await bot.say("deny 1 no", by: .bob).contains("Only those who could approve"))
            #expect(try await bot.approvals(1).isEmpty)
        }
    }

    @Test func anUnlistedMemberIsToldWhyNot() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.zoe)
            try await pending(bot)
            let answer = try await bot.say("approve 1", by: .zoe)
            #expect(answer.contains("slack:T1/U0ZOE is not listed under people, so it cannot decide."))
            #expect(try await bot.change(1).state == .pending)
            #expect(try await bot.conversation(1).text.contains("Nobody can approve this now"))
        }
    }

    @Test func anUnlistedMemberCountsWhereTheConfigurationSaysSo() async throws {
        try await EngineHarness.run(Self.rules(unlisted: true)) { bot in
            bot.directory.put(.zoe)
            try await pending(bot)
            #expect(try await bot.conversation(1).text.contains("✋ slack:T1/U0ZOE: approve?"))
            try await bot.click(.approve, on: 1, by: .zoe)
            try await bot.until(1, isShown: .succeeded)
            #expect(try await bot.approvals(1).map(\.counted) == [true])
            #expect(try await bot.conversation(1).text.contains("approved by slack:T1/U0ZOE “zoe”"))
        }
    }

    /// Who denied by a button says why afterwards, whether somebody lists them or not; nobody else does.
    @Test func anUnlistedMemberSaysWhyTheyDenied() async throws {
        try await EngineHarness.run(Self.rules(unlisted: true)) { bot in
            bot.directory.put(.zoe, .cat)
            try await pending(bot)
            try await bot.click(.deny, on: 1, by: .zoe)
            try await bot.until(1, isShown: .denied)
            #expect(try await bot.say("deny 1 because I say so", by: .cat).contains("can no longer be denied"))
            #expect(try await bot.say("deny 1 not now", by: .zoe) == "Done: your reason stands in #1 now.")
            try await bot.untilShown(1)
            #expect(try await bot.conversation(1).text.contains("denied it: “not now”"))
        }
    }

    @Test func whoJoinsLaterDoesNotCount() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve)
            try await pending(bot)
            bot.directory.put(.eve, .bob)
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            let answer = try await bot.say("approve 1", by: .bob)
            #expect(answer.contains("You joined the group after #1 was asked"))
            #expect(try await bot.approvals(1).isEmpty)
            try await bot.say("approve 1", by: .eve)
            try await bot.until(1, is: .succeeded)
        }
    }

    /// Nor does a new process forget who was in it.
    @Test func whoJoinsLaterDoesNotCountAfterACrash() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve)
            try await pending(bot)
            try await bot.crash()
            bot.directory.put(.bob)
            bot.restart(Self.rules())
            #expect(try await bot.say("approve 1", by: .bob).contains("You joined the group after #1 was asked"))
            #expect(try await bot.change(1).asked[.onCall] == [Person.eve.account])
        }
    }

    @Test func whoHasLeftDoesNotCountAnyMore() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve, .bob)
            try await pending(bot)
            bot.directory.put(.bob)
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            #expect(try await bot.say("approve 1", by: .eve).contains("you are in none of these groups"))
        }
    }

    @Test func whoLeavesBeforeTheSendingDoesNotCount() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve)
            try await pending(bot)
            try await bot.stop()
            try await bot.say("approve 1", by: .eve)
            #expect(try await bot.change(1).state == .ready)
            bot.directory.put(.bob)
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            bot.restart(Self.rules())
            try await bot.until(1, is: .refused)
            #expect(try await bot.change(1).outcome?.hasPrefix("The approvals are no longer enough") == true)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    /// The last answer grows old while the cluster is read.
    @Test func anAnswerThatIsTooOldDoesNotSend() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve)
            try await pending(bot)
            let gate = bot.clusters.holdReads(of: 42)
            try await bot.say("approve 1", by: .eve)
            try await gate.reached()
            bot.directory.fail(.noAnswer("Slack is down."))
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            gate.open()
            try await otherWorkIsDone(bot)
            #expect(try await bot.change(1).state == .ready)
            #expect(bot.sendings(1).isEmpty)
            bot.directory.fail(nil)
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func anApprovedChangeWaitsOnlyAsLongAsItIsValid() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve)
            try await pending(bot)
            let gate = bot.clusters.holdReads(of: 42)
            try await bot.say("approve 1", by: .eve)
            try await gate.reached()
            bot.directory.fail(.noAnswer("Slack is down."))
            bot.clock.advance(by: .seconds(840))
            gate.open()
            try await otherWorkIsDone(bot)
            #expect(try await bot.change(1).state == .ready)
            bot.clock.advance(by: .seconds(60))
            try await bot.until(1, is: .expired)
            #expect(bot.sendings(1).isEmpty)
        }
    }

    @Test func theFirstLookUpThatSucceedsCounts() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve)
            bot.directory.fail(.noAnswer("Slack is down."))
            try await pending(bot)
            let answer = try await bot.say("approve 1", by: .eve)
            #expect(answer.contains("Who is in leads could not be looked up. Slack is down."), "\(answer)")
            bot.directory.fail(nil)
            try await bot.until("the members are stored") { try await bot.change(1).asked[.onCall] != nil }
            bot.directory.put(.eve, .bob)
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            #expect(try await bot.say("approve 1", by: .bob).contains("You joined the group after"))
            try await bot.say("approve 1", by: .eve)
            try await bot.until(1, is: .succeeded)
        }
    }

    /// Two of them are needed. The second, whom the configuration lists, decides while nobody knows whether the first is
    /// still in.
    @Test func whatIsEnoughOnceItIsKnownGoesOn() async throws {
        var rules = Self.rules()
        rules.groups["leads"] = ["cat"]
        try await EngineHarness.run(rules) { bot in
            bot.directory.put(.eve)
            try await bot.say("45 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .eve)
            bot.directory.fail(.noAnswer("Slack is down."))
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            try await bot.say("approve 1", by: .cat)
            #expect(try await bot.change(1).state == .pending)
            bot.directory.fail(nil)
            try await bot.until(1, is: .succeeded)
        }
    }

    /// While somebody can decide, the answer never grows old.
    @Test func aChangeThatWaitsKeepsTheAnswerFresh() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve)
            try await pending(bot)
            for _ in 0..<30 {
                bot.clock.advance(by: .seconds(5))
                let due = bot.clock.uptime - MemberCache.refreshedAfter
                try await bot.until("it is fresh", passing: 5) {
                    bot.directory.lookUps().last.map { $0 > due } ?? false
                }
            }
            let times = bot.directory.lookUps()
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 <= MemberCache.holdsFor }, "\(times)")
            #expect(times.count < 8, "\(times)")
        }
    }

    @Test func aClickIsAnsweredBeforeASlowLookUp() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve)
            try await pending(bot)
            let value = try #require(try await bot.conversation(1).versions.last?.button(.approve)).value
            try await bot.stop()
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            bot.restart(Self.rules().rulebook, isRunning: false)
            let gate = bot.directory.hold()
            let click = Task { try await bot.click("approve", value: value, by: .eve) }
            try await gate.reached()
            bot.clock.advance(by: .seconds(2))
            try await click.value
            #expect(try await bot.approvals(1).isEmpty)
            bot.directory.openAllGates()
            try await bot.until("it is approved") { try await bot.approvals(1).count == 1 }
            await bot.intakeIsDone()
        }
    }

    @Test func aTypedDecisionIsAnsweredLaterInPrivate() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve)
            try await pending(bot)
            // No keeper looks up beside it: the gate is reached by the command's own look-up.
            try await bot.stop()
            bot.clock.advance(by: MemberCache.holdsFor + .seconds(1))
            bot.restart(Self.rules().rulebook, isRunning: false)
            let gate = bot.directory.hold()
            let typed = Task { try await bot.say("approve 1", by: .eve) }
            try await gate.reached()
            bot.clock.advance(by: .seconds(3))
            #expect(try await typed.value == "I am looking up who is in leads. The answer follows.")
            bot.directory.openAllGates()
            bot.start()
            try await bot.until("the answer came") {
                bot.chat.told.contains { $0.account == Person.eve.account && $0.text.contains("you approved #1") }
            }
            try await bot.until(1, is: .succeeded)
        }
    }

    /// Whoever was asked is called again also while the platform says nothing: they may still be members.
    @Test func isCalledAgainWithoutAnAnswerJustNow() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            bot.directory.put(.eve)
            try await pending(bot)
            _ = bot.directory.hold()
            bot.clock.advance(by: .seconds(905))
            try await bot.until("they are reminded") {
                bot.chat.posts.contains { $0.text.contains("still waits") && $0.mentions.contains(Person.eve.account) }
            }
        }
    }

    /// Nobody approves their own change with another of their accounts, whenever it came to be listed.
    @Test func whoAskedAndWasListedLaterIsStillTheSame() async throws {
        var rules = Self.rules()
        rules.userGroups["engineers"] = [.staff]
        try await EngineHarness.run(rules) { bot in
            bot.directory.put(.zoe, in: .staff)
            bot.directory.put(.eve)
            try await bot.say("42 scale 4", by: .zoe)
            try await bot.until(1, isShown: .pending)
            // Eve's account turns out to be zoe's other one.
            let policy = bot.context.rulebook.policy
            let people = policy.people.merging([Person.zoe.account: "eve"]) { first, _ in first }
            bot.context.replace(rulebook: rules.with(people: people))
            #expect(try await bot.say("approve 1", by: .eve).contains("You asked for #1 yourself"))
        }
    }
}

extension TestRules {
    /// The same rules with these accounts.
    fileprivate func with(people: [Account: String]) -> Rulebook {
        Rulebook(
            clusters: clusters,
            ipTypes: ["reserved"],
            policy: Policy(
                people: people,
                groups: groups,
                rules: rules,
                userGroups: UserGroups(inGroup: userGroups, unlistedApprove: unlistedApprove),
                digest: "policy-2"
            ),
            reconcile: reconcile,
            limits: limits,
            commandWords: "/cluster"
        )
    }
}
