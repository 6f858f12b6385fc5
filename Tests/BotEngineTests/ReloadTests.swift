import BotCore
import Testing

@testable import BotEngine

/// The configuration is re-read while the service runs.
@Suite("Reload", .timeLimit(.minutes(20)))
struct ReloadTests {
    private static let file = ReloadedFile(
        path: "/etc/clusterbot/clusterbot.yaml",
        owner: "deploy",
        modifiedAt: Timestamp(seconds: 1_790_000_000)
    )

    private static let twoLeads = TestRules.rule("two", env: "prod", needs: TestRules.approvals(("leads", 2)))

    private static func needing(_ needs: Needs) -> @Sendable (inout TestRules) -> Void {
        { $0.rules[1] = TestRules.rule("other", env: "prod", needs: needs) }
    }

    private func reload(_ bot: EngineHarness, _ change: (inout TestRules) -> Void) async throws {
        try await Reload(context: bot.context).putInForce(TestRules().changed(change), from: Self.file)
    }

    /// Waits until a text was posted as a message of its own in a channel.
    private func wasTold(_ text: String, _ bot: EngineHarness, in channel: Channel? = nil) async throws {
        try await bot.until("“\(text)” is posted") {
            bot.chat.posts.contains { post in
                (channel == nil || post.channel == channel) && post.versions.first?.wholeText.contains(text) == true
            }
        }
    }

    /// As an operator does who edits the file and restarts, instead of reloading.
    @Test func rulesThatWereReplacedWhileNothingRanCountFromTheStart() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            bot.restart(TestRules().changed { $0.rules.removeAll { $0.effect == .allow } })
            try await bot.until(1, isShown: .refused)
            try await wasTold("The rules have changed.", bot)
        }
    }

    // MARK: The history

    @Test func isRecordedWithTheFileAndWhatChanged() async throws {
        try await EngineHarness.run { bot in
            try await reload(bot) { rules in
                rules.rules[0] = TestRules.rule("engineers act on dev", env: "dev", needs: .confirmation)
                rules.rules.removeLast()
                rules.rules.append(Self.twoLeads)
                rules.rules.append(TestRules.rule("three", env: "prod", needs: .nothing))
            }
            let entry = try #require(try await bot.history().last)
            #expect(entry["kind"]?.string == "reloaded")
            #expect(entry["change"]?.isNull == true)
            #expect(entry["policy"]?.string == "policy-2")
            #expect(
                entry["detail"]
                    == .object([
                        "digest": .string("policy-2"), "file": .string("/etc/clusterbot/clusterbot.yaml"),
                        "owner": .string("deploy"), "modified_at": .string(Self.file.modifiedAt.description),
                        "rules_added": .int(2), "rules_changed": .int(1), "rules_removed": .int(1),
                    ])
            )
        }
    }

    @Test func ofSecretsAloneIsNotRecorded() async throws {
        try await EngineHarness.run { bot in
            let head = try await Reload(context: bot.context).putInForce(TestRules().rulebook, from: nil)
            #expect(head == nil)
            #expect(try await bot.history().isEmpty)
        }
    }

    // MARK: What is forbidden now

    @Test(arguments: [Revocation.aRuleForbids, .requesterIsNoLongerListed, .requesterLeftTheGroup, .theClusterIsGone])
    func refusesWhatWaitsAndIsForbiddenNow(_ revocation: Revocation) async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await reload(bot, revocation.apply)
            #expect(try await bot.change(1).state == .refused)
            #expect(try await bot.kinds(1) == ["requested", "planned", "refused"])
            #expect(try await bot.entries(1).last?["policy"]?.string == "policy-2")
            let outcome = try #require(try await bot.change(1).outcome)
            #expect(outcome.contains(revocation.outcome))
            #expect(outcome.contains("Nothing was sent."))
            try await wasTold("Nothing was sent.", bot, in: .log)
            let room = try await bot.change(1).channel
            try await wasTold("Nothing was sent.", bot, in: room)
        }
    }

    @Test func refusesWhatIsBeingPreparedAndIsForbiddenNow() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            try await bot.say("43 scale 4")
            #expect(try await bot.states() == [.preparing])
            try await reload(bot, Revocation.aRuleForbids.apply)
            #expect(try await bot.states() == [.refused])
        }
    }

    @Test func refusesWhatIsReadyAndIsForbiddenNow() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let id = try await StagedChange(bot: bot).agreed(by: .bob)
            #expect(try await bot.change(id).state == .ready)
            try await reload(bot, Revocation.aRuleForbids.apply)
            #expect(try await bot.change(id).state == .refused)
        }
    }

    // MARK: What needs more now

    @Test func letsWhatWaitsGoOnWaitingForThoseWhoAreAskedNow() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await reload(bot, Self.needing(TestRules.approvals(("leads", 1), ("owners", 1))))
            #expect(try await bot.change(1).state == .pending)
            #expect(try await bot.kinds(1) == ["requested", "planned", "reassessed"])
            let words = "It needs approval by a lead and an owner since the rules changed."
            let room = try await bot.change(1).channel
            try await wasTold(words, bot, in: room)
            try await wasTold(words, bot, in: .log)
            // Those who can decide now are called; whoever asked need not act.
            let line = try #require(bot.chat.posts(in: room).last { $0.text.contains(words) })
            #expect(line.mentions == Set([Person.bob, .cat, .dan, .fay].map(\.account)))
            try await bot.untilShown(1)
            try await bot.say("approve 1", by: .bob)
            #expect(try await bot.change(1).state == .pending)
            try await bot.say("approve 1", by: .dan)
            try await bot.until(1, is: .succeeded)
        }
    }

    /// A cluster that goes to another team is that team's from then on, also for what waits.
    @Test func asksTheTeamOfTheLabelThatTheClusterHasNow() async throws {
        var rules = TestRules()
        rules.groups["prod-leads"] = ["bob"]
        rules.groups["dev-leads"] = ["dan"]
        rules.rules = [
            Rule(
                name: "a lead of the team",
                effect: .allow,
                rights: ["scale_cluster"],
                who: [.everyone],
                needs: TestRules.approvals(("{env}-leads", 1))
            )
        ]
        let before = rules
        try await EngineHarness.run(before) { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.change(1).permits.map(\.needs) == [TestRules.approvals(("prod-leads", 1))])
            try await Reload(context: bot.context).putInForce(
                before.changed {
                    $0.clusters[0] = Cluster(id: 42, name: "prod-train", project: "vision", labels: ["env": "dev"])
                },
                from: Self.file
            )
            #expect(try await bot.change(1).permits.map(\.needs) == [TestRules.approvals(("dev-leads", 1))])
            try await bot.untilShown(1)
            try await bot.say("approve 1", by: .bob)
            #expect(try await bot.change(1).state == .pending)
            try await bot.say("approve 1", by: .dan)
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func asksThePersonWhoAskedWhereTheyMustConfirmNow() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await reload(bot, Self.needing(.confirmation))
            try await bot.untilShown(1)
            try await bot.click(.confirm, on: 1, by: .amy)
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func refusesWhatIsReadyAndNeedsMoreNow() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let id = try await StagedChange(bot: bot).agreed(by: .bob)
            try await reload(bot) { $0.rules[1] = Self.twoLeads }
            let change = try await bot.change(id)
            #expect(change.state == .refused)
            #expect(change.outcome == "The rules have changed: it needs approval by 2 leads now. Nothing was sent.")
        }
    }

    /// Whether the rules were re-read, or are found to be others before it is sent: whoever clicks asks again with the reason,
    /// which is required.
    @Test(arguments: [true, false])
    func offersToAskAgainForWhatWasReadyAndNeedsMoreNow(isReread: Bool) async throws {
        var rules = TestRules()
        rules.reasons = ReasonNeeds(required: ["scale_cluster"], pattern: nil)
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4 because the queue is long", in: .ops)
            try await bot.until(1, isShown: .pending)
            let gate = bot.clusters.holdReads(of: 42)
            try await bot.say("approve 1", by: .bob)
            try await gate.reached()
            let changed = rules.changed { $0.rules[1] = Self.twoLeads }
            if isReread {
                try await Reload(context: bot.context).putInForce(changed, from: Self.file)
            } else {
                bot.context.replace(rulebook: changed)
            }
            gate.open()
            try await bot.until(1, isShown: .refused)
            #expect(bot.clusters.sendings.isEmpty)
            let button = try #require(try await bot.conversation(1).versions.last?.button(.offer))
            #expect(button.label == "Ask again")
            try await bot.click("offer", value: button.value, by: .bob)
            try await bot.until(2, isShown: .pending)
            let again = try await bot.change(2)
            #expect(again.requester.person == "bob" && again.arguments == ["additional_nodes": .int(4)])
            #expect(again.reason == "amy (#1): “the queue is long”")
        }
    }

    /// What is forbidden now would only be refused again.
    @Test func offersNothingForWhatIsForbiddenNow() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let gate = bot.clusters.holdReads(of: 42)
            try await bot.say("approve 1", by: .bob)
            try await gate.reached()
            try await reload(bot, Revocation.aRuleForbids.apply)
            gate.open()
            try await bot.until(1, isShown: .refused)
            #expect(try await bot.conversation(1).versions.last?.button(.offer) == nil)
        }
    }

    @Test func refusesWhatIsReadyAndWhoseApproverCountsNoLonger() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let id = try await StagedChange(bot: bot).agreed(by: .bob)
            try await reload(bot, Revocation.approverLeftTheGroup.apply)
            #expect(try await bot.change(id).state == .refused)
        }
    }

    @Test func refusesWhatNeededNobodyAndNeedsSomebodyNow() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            try await bot.until(1, is: .ready)
            try await reload(bot) { rules in
                rules.rules[0] = TestRules.rule("a lead", env: "dev", needs: TestRules.approvals(("leads", 1)))
            }
            gate.open()
            #expect(try await bot.change(1).state == .refused)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    @Test func asksPeopleAboutWhatIsBeingPreparedAndNeedsThemNow() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            try await bot.say("43 scale 4")
            try await reload(bot) { rules in
                rules.rules[0] = TestRules.rule("a lead", env: "dev", needs: TestRules.approvals(("leads", 1)))
            }
            bot.start()
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func saysWhoseApprovalCountsNoLonger() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            try await reload(bot, Revocation.approverLeftTheGroup.apply)
            #expect(try await bot.change(1).state == .pending)
            try await wasTold("The approval of bob no longer counts.", bot)
        }
    }

    // MARK: What goes on

    /// What people were asked for stays, where the new rules ask for less.
    @Test(arguments: [Needs.nothing, TestRules.approvals(("leads", 1))])
    func keepsWhatWasAskedForWhereLessIsNeededNow(_ needs: Needs) async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await reload(bot, Self.needing(needs))
            let change = try await bot.change(1)
            #expect(change.state == .pending)
            #expect(change.permits.map(\.rule) == ["other"])
            #expect(try await bot.kinds(1) == ["requested", "planned"])
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func sendsWhatHasTheApprovalsThatAreAskedForNow() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            try await reload(bot) { rules in
                rules.groups["managers"] = ["bob"]
                rules.rules[3] = TestRules.rule("a manager", env: "pair", needs: TestRules.approvals(("managers", 1)))
            }
            try await bot.until(1, is: .succeeded)
        }
    }

    /// Only a group changed, and with it what two approvals are worth.
    @Test func sendsWhatHasEnoughByTheGroupsAsTheyAreNow() async throws {
        try await EngineHarness.run { bot in
            try await reload(bot, Self.needing(TestRules.approvals(("leads", 1), ("owners", 1))))
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            #expect(try await bot.change(1).state == .pending)
            try await bot.say("approve 1", by: .cat)
            #expect(try await bot.change(1).state == .pending)
            try await reload(bot) { rules in
                Self.needing(TestRules.approvals(("leads", 1), ("owners", 1)))(&rules)
                rules.groups["owners", default: []].insert("cat")
            }
            try await wasTold("what it has is enough", bot)
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func refusesWhatWaitsOnAClusterOfAnotherProjectNow() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await reload(bot) { rules in
                rules.clusters = rules.clusters.map {
                    $0.id == 42 ? Cluster(id: 42, name: $0.name, project: "elsewhere", labels: $0.labels) : $0
                }
            }
            #expect(try await bot.change(1).state == .refused)
            #expect(try await bot.change(1).outcome?.contains("belongs to the project elsewhere now") == true)
        }
    }

    /// A request may be on the wire.
    @Test func doesNotTouchWhatIsBeingSent() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            try await reload(bot, Revocation.aRuleForbids.apply)
            #expect(try await bot.change(1).state == .sending)
            gate.open()
            try await bot.until(1, is: .succeeded)
        }
    }

    /// The cluster is read by the old rules, and what comes of it is decided by the new ones.
    @Test func holdsForWhatIsBeingPlanned() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 42)
            try await bot.say("42 scale to 12")
            try await gate.reached()
            bot.context.replace(
                rulebook: TestRules().changed { rules in
                    rules.rules[1] = TestRules.rule(
                        "one node",
                        env: "prod",
                        needs: TestRules.approvals(("leads", 1)),
                        limits: ["additional_nodes": 1]
                    )
                }
            )
            gate.open()
            try await bot.until(1, is: .refused)
            #expect(try await bot.entries(1).last?["policy"]?.string == "policy-2")
        }
    }

    // MARK: The store

    @Test func isStoredAgainWhereTheStoreDidNotTakeIt() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            bot.store.failNextWrites(1, StoreError(.cannotWrite, "says the test"))
            let done = Task { try await reload(bot, Revocation.aRuleForbids.apply) }
            try await bot.until(1, is: .refused)
            try await done.value
            #expect(try await bot.history().filter { $0["kind"]?.string == "reloaded" }.count == 1)
        }
    }

    /// More changes than one transaction takes.
    @Test func appliesToAllThatIsOpen() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            for _ in 0..<205 { _ = try await StagedChange(bot: bot).open() }
            try await reload(bot, Revocation.aRuleForbids.apply)
            #expect(try await bot.states().allSatisfy { $0 == .refused })
        }
    }
}
