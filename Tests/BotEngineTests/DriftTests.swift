import BotCore
import Testing

@testable import BotEngine

@Suite("A plan that no longer fits its cluster", .timeLimit(.minutes(20)))
struct DriftTests {
    @Test func isReplacedAndWhatWasAgreedIsWorthless() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4 --reason \"more room\"")
            try await bot.until(1, isShown: .pending)
            bot.clusters.alter(42) { $0.nodes = 10 }
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, isShown: .superseded)
            #expect(
                try await bot.change(1).outcome
                    == "The cluster changed since this was planned (nodes: 8 → 10). #2 asks again."
            )
            bot.clock.advance(by: .seconds(1))
            try await bot.until(2, isShown: .pending)
            let text = try await bot.conversation(2).text
            #expect(text.contains("+4 nodes on prod-train, 10 → 14"))
            #expect(text.contains("Asked again, because the cluster changed (nodes: 8 → 10)."))
            #expect(text.contains("replaces #1"))
            #expect(text.contains("> amy: “more room”"))
            #expect(try await bot.approvals(2).isEmpty)
            #expect(bot.clusters.sendings.isEmpty)
            let entry = try #require(try await bot.entries(1).last)
            #expect(entry["kind"]?.string == "superseded")
            #expect(entry["detail"]?["replaced_by"]?.int == 2)

            // An old button decides nothing.
            let old = ButtonValue(change: 2, digest: try await bot.change(1).plan?.digest).description
            try await bot.click("approve", value: old, by: .cat)
            try await bot.until("cat is told") { bot.chat.told.count == 1 }
            try await bot.click(.approve, on: 2, by: .cat)
            try await bot.until(2, is: .succeeded)
            #expect(bot.clusters.machine(42).nodes == 14)
        }
    }

    @Test func isConfirmedAnewWhereItWasConfirmed() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("44 image 80")
            try await bot.until(1, isShown: .pending)
            bot.clusters.alter(44) { $0.status = "Stopped" }
            try await bot.say("confirm 1")
            try await bot.until(1, isShown: .superseded)
            bot.clock.advance(by: .seconds(1))
            try await bot.until(2, isShown: .pending)
            #expect(
                try await bot.conversation(2).text.contains(
                    "The cluster's status is Stopped, not Running; the API may refuse."
                )
            )
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    /// What would have been sent at once was shown because it came late. Somebody looked at it, so nothing else is sent.
    @Test func isNotSentUnseenOnlyBecauseNobodyHasToAgree() async throws {
        try await EngineHarness.run { bot in
            try await bot.type("43 scale 4", ago: .seconds(121))
            try await bot.until(1, isShown: .pending)
            bot.clusters.alter(43) { $0.nodes = 9 }
            try await bot.say("confirm 1")
            bot.clock.advance(by: .seconds(1))
            try await bot.until(2, isShown: .pending)
            #expect(bot.clusters.sendings.isEmpty)
            #expect(
                try await bot.conversation(2).text.contains(
                    "Asked again, because the cluster changed"
                )
            )
            try await bot.say("confirm 2")
            try await bot.until(2, is: .succeeded)
            #expect(bot.clusters.machine(43).nodes == 13)
        }
    }

    @Test func isReplacedWhileItWaitsWhenAnotherChangeSucceeds() async throws {
        try await EngineHarness.run { bot in
            for (number, command) in [
                (1, "42 scale 4"), (2, "42 scale 2"), (3, "42 ssh-keys add 13"), (4, "42 sg add 3"),
            ] {
                try await bot.say(command)
                try await bot.until(number, isShown: .pending)
            }
            try await bot.say("approve 1", by: .bob)
            try await bot.until(2, isShown: .superseded)
            try await bot.until("#5 is pending") { try await bot.states().last == .pending }
            #expect(try await bot.states() == [.succeeded, .superseded, .pending, .pending, .pending])
            #expect(try await bot.change(5).title == "+2 nodes on prod-train, 12 → 14")
            #expect(try await bot.change(5).replaces == 2)
        }
    }

    @Test(arguments: [("42 sg add 3", "nothing"), ("42 ssh-keys add 13", "the set of keys")])
    func isHeldAgainstOnlyWhatItsActionCompares(_ command: String, _ compared: String) async throws {
        try await EngineHarness.run { bot in
            try await bot.say(command)
            try await bot.until(1, isShown: .pending)
            bot.clusters.alter(42) { machine in
                machine.nodes = 3
                // A word that nobody listed means that it runs.
                machine.status = "Degraded"
                machine.image = 99
            }
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .succeeded)
        }
    }

    /// Running, restarting and running again is the same cluster; one that went down is not.
    @Test(arguments: ["42 scale 4", "42 image 80", "42 ssh-keys add 13", "42 ip attach 9", "42 sg add 3"])
    func waitsWhileItsClusterIsOnItsWay(_ command: String) async throws {
        try await EngineHarness.run { bot in
            try await bot.say(command)
            try await bot.until(1, isShown: .pending)
            bot.clusters.alter(42) { $0.status = "restarting" }
            let since = bot.clock.now
            try await bot.say("approve 1", by: .bob)
            try await bot.until("it is said that it waits") {
                try await bot.conversation(1).text.contains("waits: the cluster has been restarting since")
            }
            #expect(try await bot.change(1).state == .ready)
            let busy = try #require(try await bot.change(1).busy)
            #expect(busy.since - since < .seconds(10))
            let versions = try await bot.conversation(1).versions.count
            for _ in 0..<3 {
                bot.clock.advance(by: .seconds(6))
                try await bot.goRound()
            }
            // It is not said again with every look.
            #expect(try await bot.conversation(1).versions.count == versions)
            #expect(bot.sendings(1).isEmpty)
            bot.clusters.alter(42) { $0.status = "Running" }
            bot.clock.advance(by: .seconds(6))
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.change(1).busy == nil)
        }
    }

    @Test func waitsNoLongerThanItsApprovalIsValid() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            bot.clusters.alter(42) { $0.status = "Scaling" }
            try await bot.say("approve 1", by: .bob)
            bot.clock.advance(by: .seconds(901))
            try await bot.until(1, is: .expired)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    /// Nobody agreed to how the cluster was, so nothing is waited for.
    @Test func keepsNothingThatNobodyHadToAgreeTo() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.alter(43) { $0.status = "Restarting" }
            try await bot.say("43 scale 4")
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func ofAClusterThatWentDownAsksAnew() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 ssh-keys add 13")
            try await bot.until(1, isShown: .pending)
            bot.clusters.alter(42) { $0.status = "Error" }
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .superseded)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    /// A restart is for whatever state the cluster is in, as long as it is there.
    @Test(arguments: [("Restarting", ChangeState.succeeded), ("Failed", .succeeded), ("DELETED", .superseded)])
    func ofARestartIsOnlyThatTheClusterIsGone(_ status: String, _ state: ChangeState) async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 restart cluster")
            try await bot.until(1, isShown: .pending)
            bot.clusters.alter(42) { $0.status = status }
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: state)
        }
    }

    @Test func goesByTheConfiguredWordsToo() async throws {
        var rules = TestRules()
        rules.statuses = StatusKinds(busy: ["Provisioning"], down: ["Archived"])
        try await EngineHarness.run(rules) { bot in
            for (number, status) in [(1, "provisioning"), (2, "Archived")] {
                bot.clusters.alter(42) { $0.status = "Running" }
                try await bot.say("42 sg add \(number)")
                try await bot.until(number, isShown: .pending)
                bot.clusters.alter(42) { $0.status = status }
                try await bot.say("approve \(number)", by: .bob)
                if number == 1 {
                    try await bot.until("it waits") { try await bot.change(1).busy != nil }
                    try await bot.say("cancel 1")
                }
            }
            try await bot.until(2, is: .superseded)
        }
    }

    @Test func saysSoWhenItsSuccessorIsRefused() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            bot.clusters.alter(42) { $0.nodes = 10 }
            bot.context.replace(rulebook: TestRules().changed(Revocation.aRuleForbids.apply))
            try await bot.say("approve 1", by: .bob)
            try await bot.until(2, is: .refused)
            #expect(try await bot.change(1).outcome?.hasSuffix("#2 was to ask again and is refused.") == true)
            #expect(try await bot.change(2).outcome?.hasPrefix("The rule “freeze” forbids it.") == true)
        }
    }

    @Test func ofAFreeAddressIsReplacedWhenItGetsAnOwner() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 ip attach 9")
            try await bot.until(1, isShown: .pending)
            bot.clusters.set { $0.addresses[9] = .some(7) }
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .superseded)
            bot.clock.advance(by: .seconds(1))
            try await bot.until(2, isShown: .pending)
            #expect(try await bot.conversation(2).text.contains("Attach IP 9 to prod-train, now attached to service 7"))
        }
    }
}
