import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("Help", .timeLimit(.minutes(20)))
struct HelpTests {
    @Test func helpNeedsNoManual() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            let reply = try await bot.type("")
            let text = reply.text
            #expect(try await bot.say("help") == text)
            #expect(
                text == """
                    # What you may do here
                    42 scale 4 – add nodes (nodes cannot be removed from chat); a lead approves (up to 16)
                    42 restart workers, 42 restart cluster – a lead approves
                    42 image 77 – put another container image on all nodes; a lead approves
                    42 ssh-keys set 11 12 – change the SSH keys on all nodes; a lead approves
                    42 ip attach 9, 42 ip detach 9 – a lead approves
                    42 sg add 3 4, 42 sg remove 3 – a lead approves
                    Look: 42 status, 42 history, pending, show 17
                    Decide: confirm 17, cancel 17
                    /cluster help more shows the rest. because … behind a change says why.
                    [What waits] [Status of prod-train] [More about scale] [More]
                    """
            )
            // It fits a phone, whoever asks.
            for person in Person.allCases {
                let lines = try await bot.say("help", by: person).split(separator: "\n").filter { !$0.hasPrefix("[") }
                #expect(lines.count <= 10, "\(person)")
            }
            let buttons = try #require(reply.message?.buttons)
            let offers = try await bot.file.read { reader in try buttons.map { try reader.offer($0.value)?.line } }
            #expect(offers == ["pending", "42 status", "help scale", "help more"])
        }
    }

    /// What a rule allows only up to an amount is not promised for more.
    @Test func helpSaysUpToWhatSomethingIsAllowed() async throws {
        var rules = TestRules()
        rules.rules.append(
            TestRules.rule("small steps", env: "prod", needs: .nothing, limits: ["additional_nodes": 2])
        )
        try await EngineHarness.run(rules, isRunning: false) { bot async throws in
            #expect(
                try await bot.say("help", in: .ops).contains("runs at once (up to 2), else a lead approves (up to 16)")
            )
        }
    }

    @Test func helpFitsWhoAsks() async throws {
        try await EngineHarness.run(.withClosing, isRunning: false) { bot async throws in
            // Who is asked for approvals and settles outcomes hears how.
            #expect(
                try await bot.say("help", by: .bob).contains(
                    "Decide: approve 17, deny 17 why, confirm 17, cancel 17, resolve 17 succeeded how you know"
                )
            )
            // Who may only approve is told that.
            let dan = try await bot.type("help", by: .dan)
            #expect(
                dan.text == """
                    # What you may do here
                    You may change nothing here. Ask #platform-help if that is wrong.
                    Look: 42 status, 42 history, pending, show 17
                    Decide: approve 17, deny 17 why
                    [What waits] [Status of prod-train] [More]
                    """
            )
            // Whoever may do nothing is told whom to ask, and gets no manual.
            let eve = try await bot.type("help", by: .eve)
            #expect(
                eve.text == """
                    # What you may do here
                    You may change nothing here. Ask #platform-help if that is wrong.
                    Look: 42 status, 42 history, pending, show 17
                    [What waits] [Status of prod-train]
                    """
            )
            for topic in ["help", "help more", "help scale", "help lock"] {
                let zoe = try await bot.type(topic, by: .zoe)
                #expect(zoe.text == "You are not set up yet. Ask #platform-help to add slack:T1/U0ZOE.")
                #expect(zoe.message?.buttons.isEmpty == true)
            }
            // Nothing is asked for in a direct message.
            let direct = try await bot.type("help", in: .direct, isDirect: true).text
            #expect(direct.contains("Ask for changes in a channel; here I only answer questions."))
            #expect(!direct.contains("Decide:"))
            #expect(direct.split(separator: "\n").count <= 11)
            // Only whoever may close a cluster is told how.
            let more = try await bot.say("help more")
            #expect(
                more == """
                    # What else you can type here
                    Look: 42 status, 42 history, pending, show 17, list, locks, freezes, whoami
                    Decide: confirm 17, cancel 17
                    Close: 43 lock "why" --for 2h, 43 unlock, freeze "why" --for 4h 43, unfreeze F1
                    Rights: may, why 42 restart cluster, who can approve 42 restart cluster
                    Behind a change, because … says why, and --plan shows what would be and does nothing.
                    /cluster help history says more about one of them.
                    [What I may do where] [Clusters] [What was done]
                    """
            )
            #expect(try await !bot.say("help more", by: .dan).contains("Close:"))
        }
    }

    @Test func helpSaysWhereMoreIsAllowed() async throws {
        var rules = TestRules()
        rules.rules = [
            Rule(
                name: "engineers act from ops",
                effect: .allow,
                rights: ["scale_cluster"],
                who: [.group("engineers")],
                channels: [.ops],
                needs: .nothing
            )
        ]
        try await EngineHarness.run(rules, isRunning: false) { bot async throws in
            #expect(
                try await bot.say("help").contains(
                    "You may change nothing here. Ask #platform-help if that is wrong. In slack:T1/C0OPS you may do more."
                )
            )
            #expect(try await bot.say("help", in: .ops).contains("42 scale 4 – add nodes"))
        }
    }

    @Test func whoMaySeeNothingIsToldWhomToAsk() async throws {
        var rules = TestRules()
        rules.rules.append(
            Rule(name: "not for eve", effect: .forbid, rights: [Right.read], who: [.person("eve")], needs: nil)
        )
        try await EngineHarness.run(rules, isRunning: false) { bot async throws in
            for topic in ["help", "help more", "help scale"] {
                #expect(
                    try await bot.say(topic, by: .eve)
                        == "You may see no cluster here. Ask #platform-help if that is wrong."
                )
            }
        }
    }

    @Test func everyTopicHasHelp() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            let restart = try await bot.say("help restart")
            #expect(
                restart.hasPrefix(
                    """
                    /cluster 42 restart workers – restart all worker nodes, not the Slurm controller
                    /cluster 42 restart cluster – restart the Slurm controller and all nodes
                    """
                )
            )
            #expect(restart.contains("42 prod-train, 46 either: restart workers, restart cluster – a lead approves"))
            #expect(restart.contains("43 dev-train, 53 dev-two: restart workers, restart cluster – runs at once"))
            #expect(
                try await bot.say("help approve")
                    == "approve 17 – approve a change of somebody else, exactly as its card shows it; a comment may follow"
            )
            #expect(try await bot.say("help status") == "42 status – the cluster as it is now, and what waits there")
            #expect(
                try await bot.say("help who can approve").hasPrefix("who can approve 42 restart cluster – the people")
            )
            #expect(
                try await bot.say("help dancing")
                    == "There is no help about dancing. /cluster help shows what you may do here.\n[help]"
            )
            let near = try await bot.type("help retsart")
            #expect(near.text == "There is no help about retsart. Did you mean /cluster help restart?\n[help restart]")
        }
    }
}
