import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("The last check before sending", .timeLimit(.minutes(20)))
struct LastCheckTests {
    @Test func writesTheIntentOnceForWhatHolds() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let staged = StagedChange(bot: bot)
            let id = try await staged.agreed(by: .bob)
            let intent = try #require(try await staged.lastCheck(id))
            let change = try await bot.change(id)
            #expect(change.state == .sending)
            #expect(intent.bodyDigest == sha256Hex(#"{"action":"scale_cluster","additional_nodes":4}"#))
            #expect(intent.before == #"{"no_of_nodes":8,"status":"Running"}"#)
            #expect(intent.sendBy == bot.clock.now + .seconds(5))
            let entry = try #require(try await bot.entries(id).last)
            #expect(entry["kind"]?.string == "sending")
            #expect(entry["detail"]?["attempt"]?.int == 1)
            #expect(entry["detail"]?["body_sha256"]?.string == intent.bodyDigest)
            #expect(entry["detail"]?["digest"]?.string == change.plan?.digest)
            #expect(try await staged.lastCheck(id) == nil)
        }
    }

    @Test func leavesAloneWhatIsNotReady() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let staged = StagedChange(bot: bot)
            let pending = try await staged.pending()
            #expect(try await staged.lastCheck(pending) == nil)
            #expect(try await bot.change(pending).state == .pending)
            let cancelled = try await staged.agreed(by: .bob)
            try await staged.apply(.cancelled, to: cancelled)
            #expect(try await staged.lastCheck(cancelled) == nil)
            #expect(try await bot.change(cancelled).state == .cancelled)
        }
    }

    @Test func leavesWaitingWhatHasNoFreeCluster() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let staged = StagedChange(bot: bot)
            let (first, second) = (try await staged.agreed(by: .bob), try await staged.agreed(by: .bob))
            #expect(try await staged.lastCheck(first) != nil)
            #expect(try await staged.lastCheck(second) == nil)
            #expect(try await bot.change(second).state == .ready)
            try await staged.apply(.outcomeLost, to: first)
            #expect(try await staged.lastCheck(second) == nil)
            #expect(try await bot.change(second).state == .ready)
            try await staged.apply(.failed(.person), to: first)
            #expect(try await staged.lastCheck(second) != nil)
        }
    }

    @Test func leavesWaitingWhatHasNoRoomForItsOutcome() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let staged = StagedChange(bot: bot)
            let id = try await staged.agreed(by: .bob)
            bot.store.fill(true)
            #expect(try await staged.lastCheck(id) == nil)
            #expect(try await bot.change(id).state == .ready)
            bot.store.fill(false)
            #expect(try await staged.lastCheck(id) != nil)
        }
    }

    @Test func leavesWaitingWhatWasLookedAtLongAgo() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let staged = StagedChange(bot: bot)
            let id = try await staged.agreed(by: .bob)
            #expect(try await staged.lastCheck(id, isReadingFresh: false) == nil)
            #expect(try await bot.change(id).state == .ready)
            #expect(try await staged.lastCheck(id) != nil)
        }
    }

    /// The process stands still while the cluster is being read, and somebody else adds nodes.
    @Test(arguments: [(65, 1), (66, 2)])
    func readsAgainWhatWasReadLongAgo(seconds: Int, reads: Int) async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            bot.clock.advance(by: .seconds(seconds))
            gate.open()
            try await bot.until(1, is: .succeeded)
            #expect(bot.clusters.now.reads[43] == reads)
            #expect(bot.sendings(1).count == 1)
        }
    }

    /// The disk fills up while #1 is being sent and #2 waits for its turn.
    private func leaveOneWithoutRoom(_ bot: EngineHarness) async throws {
        let gate = bot.clusters.holdSendings(to: 43)
        try await bot.say("43 scale 1")
        try await gate.reached()
        try await bot.say("43 scale 2")
        try await bot.until(2, is: .ready)
        bot.store.fill(true)
        gate.open()
        try await bot.until(1, isShown: .succeeded)
    }

    @Test func withoutRoomNothingIsTakenUpAndNothingNewIsTakenOn() async throws {
        try await EngineHarness.run { bot in
            try await leaveOneWithoutRoom(bot)
            #expect(bot.clusters.now.reads[43] == 1)
            #expect(try await bot.change(2).state == .ready)
            #expect(try await bot.say("53 scale 4").hasPrefix("clusterbot's disk is nearly full"))
            #expect(try await bot.changes().count == 2)
            bot.store.fill(false)
            try await bot.until(2, is: .succeeded)
        }
    }

    /// Nobody expects any more that a command of hours ago is carried out.
    @Test func whatWaitedForRoomForTooLongIsShownFirst() async throws {
        try await EngineHarness.run { bot in
            try await leaveOneWithoutRoom(bot)
            bot.clock.advance(by: .seconds(3600))
            bot.store.fill(false)
            try await bot.until(2, isShown: .pending)
            #expect(try await bot.conversation(2).text.contains("amy, please confirm:"))
            #expect(bot.sendings(2).isEmpty)
        }
    }

    @Test func endsWhatWasAgreedToTooLongAgo() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let staged = StagedChange(bot: bot)
            let id = try await staged.agreed(by: .bob)
            bot.clock.advance(by: .seconds(900))
            #expect(try await staged.lastCheck(id) == nil)
            #expect(try await bot.change(id).state == .expired)
        }
    }

    @Test func endsWhatDriftedAndAsksAgain() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let staged = StagedChange(bot: bot)
            let id = try await staged.agreed(by: .bob)
            bot.clusters.alter(42) { $0.nodes = 9 }
            #expect(try await staged.lastCheck(id) == nil)
            #expect(try await bot.states() == [.superseded, .preparing])
        }
    }

    @Test(arguments: Revocation.allCases)
    func refusesWhatTheRulesNoLongerAllow(_ revocation: Revocation) async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let staged = StagedChange(bot: bot)
            let id = try await staged.agreed(by: .bob)
            bot.context.replace(rulebook: TestRules().changed(revocation.apply))
            #expect(try await staged.lastCheck(id) == nil)
            #expect(try await bot.change(id).state == .refused)
            #expect(try await bot.change(id).outcome == revocation.outcome)
        }
    }

    /// The rules now ask for less than was asked for then: what it was shown to need still counts.
    @Test func refusesWhatNeverGotWhatItWasShownToNeed() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let staged = StagedChange(bot: bot, needs: TestRules.approvals(("leads", 2)))
            let id = try await staged.agreed(by: .bob)
            #expect(try await bot.change(id).state == .pending)
            // As if the desk had counted wrongly.
            try await staged.apply(.allowed, to: id)
            #expect(try await staged.lastCheck(id) == nil)
            #expect(try await bot.change(id).state == .refused)
        }
    }

    /// As if the check had let something else through than what is planned, or what is not `sending`.
    @Test(arguments: [true, false]) func givesNoPermitForWhatTheChangeDoesNotSay(_ isSending: Bool) async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let id = try await StagedChange(bot: bot).agreed(by: .bob)
            if isSending { try await StagedChange(bot: bot).apply(.sendingBegan, to: id) }
            let body = isSending ? "{}" : try #require(try await bot.change(id).plan?.call.body)
            let error = await #expect(throws: StoreError.self) {
                _ = try await SendPermit.committing(in: bot.file, clock: bot.clock) { writer in
                    let now = bot.clock.now
                    return Intent(
                        change: id,
                        bodyDigest: sha256Hex(body),
                        before: "{}",
                        sendBy: now,
                        leaseUntil: now,
                        fence: try writer.fence(),
                        startedAt: now
                    )
                }
            }
            #expect(error?.code == .conflict)
            #expect(try await bot.intent(id) == nil)
        }
    }

    @Test func failsWhatMakesNoSenseWithWhatIsSeen() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let staged = StagedChange(bot: bot, cluster: TestRules.dev, arguments: ["to": .int(8)], needs: .nothing)
            let id = try await staged.open()
            try await staged.apply(.allowed, to: id)
            #expect(try await staged.lastCheck(id) == nil)
            #expect(try await bot.change(id).state == .failed)
            #expect(try await bot.change(id).howKnown == .notSent)
        }
    }
}

@Suite("The desk for decisions", .timeLimit(.minutes(20)))
struct DecisionDeskTests {
    /// Nothing sweeps here: the decision itself finds that it comes too late.
    @Test func takesNoAgreementAfterItsTime() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let asked = try await StagedChange(bot: bot).pending()
            let own = try await StagedChange(bot: bot, cluster: TestRules.lab, needs: .confirmation).pending()
            bot.clock.advance(by: .seconds(1800))
            #expect(
                try await bot.say("approve \(asked)", by: .bob).hasPrefix(
                    "#1 expired before that. Ask again if it is still wanted."
                )
            )
            #expect(
                try await bot.say("confirm \(own)").hasPrefix(
                    "#2 expired before that. Ask again if it is still wanted."
                )
            )
            #expect(try await bot.states() == [.expired, .expired])
            #expect(try await bot.approvals(asked).isEmpty)
            #expect(try await bot.approvals(own).isEmpty)
        }
    }

    @Test func takesDecisionsOnlyOnWhatWaitsForThem() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let preparing = try await StagedChange(bot: bot).open()
            #expect(
                try await bot.say("approve \(preparing)", by: .bob)
                    == "#1 is still being prepared; its plan comes in a moment."
            )
            #expect(
                try await bot.say("deny \(preparing) no", by: .bob)
                    == "#1 can no longer be denied: it is being looked at."
            )
            let ready = try await StagedChange(bot: bot).agreed(by: .bob)
            #expect(
                try await bot.say("approve \(ready)", by: .cat)
                    == "#2 no longer waits for an approval: it waits for its turn."
            )
            #expect(
                try await bot.say("approve 17", by: .cat)
                    == "There is no change #17 for you. Ask #platform-help if that is wrong."
            )
            #expect(
                try await bot.say("resolve \(ready) failed x", by: .cat)
                    == "The outcome of #2 is not unknown; it waits for its turn."
            )
            #expect(try await bot.say("cancel \(ready)") == "Done: you withdrew #2.")
            #expect(try await bot.approvals(ready).map(\.actor.person) == ["bob"])
        }
    }

    /// The confirmation's time is over, the other rule's is not: the change waits on, and nobody decides twice.
    @Test func takesOneDecisionOfAPersonEvenWhereItNoLongerHelps() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            var staged = StagedChange(bot: bot, cluster: TestRules.lab, needs: .confirmation)
            staged.alternative = TestRules.approvals(("leads", 1), within: .seconds(3600))
            let id = try await staged.pending()
            bot.clock.advance(by: .seconds(1800))
            #expect(try await bot.say("confirm \(id)") == "Done: you confirmed #1; it waits for amy to confirm it.")
            #expect(try await bot.say("confirm \(id)") == "You have decided on #1 already.")
            #expect(try await bot.kinds(id).filter { $0 == "confirmed" }.count == 1)
            #expect(try await bot.say("approve \(id)", by: .bob) == "Done: you approved #1; it is sent next.")
        }
    }

    /// A second account of the requester is the requester.
    @Test func knowsThePersonBehindTheAccount() async throws {
        var rules = TestRules()
        rules.groups["leads"] = ["amy", "bob"]
        try await EngineHarness.run(rules, isRunning: false) { bot in
            let id = try await StagedChange(bot: bot).pending()
            let desk = Actor(person: "amy", account: Account("os:bot1/1001"), name: "root")
            let context = bot.context
            let answer = try await bot.file.write { writer in
                try DecisionDesk(recorder: context.recorder(writer), rules: context.rulebook)
                    .carryOut(Approve(change: id), by: desk, in: .ops)
            }
            #expect(answer.sentence.hasPrefix("You asked for #1 yourself"))
        }
    }
}
