import BotCore
import Testing

@testable import BotEngine

/// What changed in the configuration after a lead agreed and before the request left.
enum Revocation: String, CaseIterable, CustomTestStringConvertible {
    case approverLeftTheGroup, approverIsNoLongerListed, moreApprovalsAreNeeded, requesterLeftTheGroup
    case approvalsOfThePlatformNoLongerCount
    case requesterIsNoLongerListed, aRuleForbids, theClusterIsGone, theClusterHasOtherLabels,
        theClusterIsInAnotherProject

    var testDescription: String { rawValue }

    func apply(to rules: inout TestRules) {
        switch self {
        case .approverLeftTheGroup: rules.groups["leads"] = ["cat"]
        case .approverIsNoLongerListed: rules.listed.remove(.bob)
        case .approvalsOfThePlatformNoLongerCount: rules.withoutApprovals = ["slack"]
        case .moreApprovalsAreNeeded:
            rules.rules[1] = TestRules.rule("two", env: "prod", needs: TestRules.approvals(("leads", 2)))
        case .requesterLeftTheGroup: rules.groups["engineers"] = []
        case .requesterIsNoLongerListed: rules.listed.remove(.amy)
        case .aRuleForbids:
            rules.rules.append(Rule(name: "freeze", effect: .forbid, rights: ["scale_cluster"], who: [.everyone]))
        case .theClusterIsGone: rules.clusters.removeFirst()
        case .theClusterHasOtherLabels:
            rules.clusters[0] = Cluster(id: 42, name: "prod-train", project: "vision", labels: ["env": "pair"])
        case .theClusterIsInAnotherProject:
            rules.clusters[0] = Cluster(id: 42, name: "prod-train", project: "nlp", labels: ["env": "prod"])
        }
    }

    var outcome: String {
        switch self {
        case .approverLeftTheGroup, .approverIsNoLongerListed, .approvalsOfThePlatformNoLongerCount:
            "The approvals are no longer enough: it needs approval by a lead by the rules and groups as they are now."
        case .moreApprovalsAreNeeded, .theClusterHasOtherLabels:
            "The approvals are no longer enough: it needs approval by 2 leads by the rules and groups as they are now."
        case .requesterLeftTheGroup:
            "No rule allows amy `scale` on 42 prod-train. Ask bob or cat, who may, or #platform-help."
        case .requesterIsNoLongerListed:
            "You are not set up yet. Ask #platform-help to add `slack:T1/U0AMY`."
        case .aRuleForbids:
            "The rule “freeze” forbids it. There you may ask for `42 restart workers`, `42 restart cluster`, `42 image 77`;"
                + " else ask #platform-help if that is wrong."
        case .theClusterIsGone: "The cluster is no longer in the configuration."
        case .theClusterIsInAnotherProject:
            "The cluster belongs to the project nlp now, not to vision any more. Ask again if it is still wanted."
        }
    }
}

/// The rules are replaced while a delivery waits for the store: it is judged by those that hold when it is stored.
@Suite("Rules that are replaced while a delivery waits", .timeLimit(.minutes(20)))
struct WaitingDeliveryTests {
    /// Takes a delivery, and changes the rules before it reaches the store.
    private func deliver(
        _ text: String,
        by person: Person,
        _ revocation: Revocation,
        to bot: EngineHarness
    ) async throws {
        let gate = bot.store.holdNextWrite()
        let answer = Task { try await bot.type(text, by: person) }
        try await gate.reached()
        bot.context.replace(rulebook: TestRules().changed(revocation.apply))
        gate.open()
        _ = try await answer.value
    }

    @Test(arguments: [Revocation.aRuleForbids, .requesterLeftTheGroup, .requesterIsNoLongerListed])
    func holdForACommand(_ revocation: Revocation) async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            try await deliver("43 scale 4", by: .amy, revocation, to: bot)
            #expect(try await bot.states() == [.refused])
            #expect(try await bot.entries(1).last?["policy"]?.string == "policy-2")
        }
    }

    @Test(arguments: [Revocation.approverLeftTheGroup, .approverIsNoLongerListed])
    func holdForADecision(_ revocation: Revocation) async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.stop()
            try await deliver("approve 1", by: .bob, revocation, to: bot)
            #expect(try await bot.change(1).state == .pending)
            #expect(try await bot.approvals(1).isEmpty)
        }
    }
}

@Suite("Just before sending", .timeLimit(.minutes(20)))
struct RevocationTests {
    /// The rules change while the cluster is being read: later than this nobody could look.
    @Test(arguments: Revocation.allCases)
    func whatNoLongerHoldsIsRefusedAndNotSent(_ revocation: Revocation) async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            let gate = bot.clusters.holdReads(of: 42)
            try await bot.say("approve 1", by: .bob)
            try await gate.reached()
            bot.context.replace(rulebook: TestRules().changed(revocation.apply))
            gate.open()
            try await bot.until(1, isShown: .refused)
            #expect(try await bot.change(1).outcome == revocation.outcome)
            #expect(try await bot.entries(1).last?["policy"]?.string == "policy-2")
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    @Test func whatNeedsLessThanItGotIsSent() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            let gate = bot.clusters.holdReads(of: 42)
            try await bot.say("approve 1", by: .bob)
            try await gate.reached()
            let freer = TestRules.rule("free", env: "prod", needs: .nothing)
            bot.context.replace(rulebook: TestRules().changed { $0.rules = [freer] })
            gate.open()
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.entries(1).first { $0["kind"]?.string == "sending" }?["policy"]?.string == "policy-2")
        }
    }

    @Test func aClusterThatIsGoneIsNotEvenRead() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            let reads = bot.clusters.now.reads[42]
            bot.context.replace(rulebook: TestRules().changed(Revocation.theClusterIsGone.apply))
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .refused)
            #expect(bot.clusters.now.reads[42] == reads)
        }
    }

    @Test func whatWasWithdrawnWhileTheClusterWasReadIsNotSent() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            #expect(try await bot.say("cancel 1") == "Done: you withdrew #1.")
            gate.open()
            try await bot.goRound()
            #expect(try await bot.change(1).state == .cancelled)
            #expect(bot.sendings(1).isEmpty)
        }
    }
}

/// Moments between the agreement and the sending, and what may have gone wrong by then.
@Suite("Between agreement and sending", .timeLimit(.minutes(20)))
struct AgreedTests {
    enum Moment: String, CaseIterable { case beforeItIsPickedUp, whileItIsRead, beforeTheIntent }

    enum Mishap: String, CaseIterable {
        case approverLeft, moreIsNeeded, requesterLeft, isForbidden, isWithdrawn, isDenied, clusterChanged, timeIsOver

        var state: ChangeState {
            switch self {
            case .approverLeft, .moreIsNeeded, .requesterLeft, .isForbidden: .refused
            case .isWithdrawn: .cancelled
            case .isDenied: .denied
            case .clusterChanged: .superseded
            case .timeIsOver: .expired
            }
        }

        func happen(to bot: EngineHarness) async throws {
            func change(_ revocation: Revocation) {
                bot.context.replace(rulebook: TestRules().changed(revocation.apply))
            }
            switch self {
            case .approverLeft: change(.approverLeftTheGroup)
            case .moreIsNeeded: change(.moreApprovalsAreNeeded)
            case .requesterLeft: change(.requesterLeftTheGroup)
            case .isForbidden: change(.aRuleForbids)
            case .isWithdrawn: try await bot.say("cancel 1")
            case .isDenied: try await bot.say("deny 1 no", by: .cat)
            case .clusterChanged: bot.clusters.alter(42) { $0.nodes = 9 }
            case .timeIsOver: bot.clock.advance(by: .seconds(900))
            }
        }
    }

    /// Nothing is sent, and the change ends as it must. (What happens to the cluster after it was read for the last time
    /// nobody can see.)
    @Test(arguments: Moment.allCases, Mishap.allCases)
    func whatGoesWrongStopsTheSending(_ moment: Moment, _ mishap: Mishap) async throws {
        if moment == .beforeTheIntent, mishap == .clusterChanged { return }
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            switch moment {
            case .beforeItIsPickedUp:
                try await bot.stop()
                try await bot.say("approve 1", by: .bob)
                #expect(try await bot.change(1).state == .ready)
                try await mishap.happen(to: bot)
                bot.restart(bot.context.rulebook)
            case .whileItIsRead:
                let gate = bot.clusters.holdReads(of: 42)
                try await bot.say("approve 1", by: .bob)
                try await gate.reached()
                try await mishap.happen(to: bot)
                gate.open()
            case .beforeTheIntent:
                let read = bot.clusters.holdReads(of: 42)
                try await bot.say("approve 1", by: .bob)
                try await read.reached()
                try await bot.until(1, isShown: .ready)
                let write = bot.store.holdNextWrite()
                read.open()
                try await write.reached()
                try await mishap.happen(to: bot)
                write.open()
            }
            try await bot.until(1, is: mishap.state)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }
}
