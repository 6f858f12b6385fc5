import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("Questions", .timeLimit(.minutes(20)))
struct ReadingTests {
    @Test func areAnsweredInPrivateAndChangeNothing() async throws {
        try await EngineHarness.run { bot async throws in
            for question in [
                "help", "list", "pending", "history", "42 history 5", "show 1", "whoami", "version", "why 42 scale 4",
                "who can approve 42 scale 4", "42 status", "42 scale 4 --plan",
            ] {
                #expect(try await bot.type(question).isPrivate, "\(question)")
            }
            #expect(try await bot.changes().isEmpty)
            #expect(try await bot.history().isEmpty)
            #expect(bot.chat.posts.isEmpty)
        }
    }

    @Test func listsAndNamesAreShort() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            #expect(
                try await bot.say("list") == """
                    # Clusters
                    42 prod-train – project vision, env=prod
                    43 dev-train – project nlp, env=dev
                    44 lab – project nlp, env=lab
                    45 pair – project nlp, env=pair
                    46 either – project nlp, env=either
                    53 dev-two – project nlp, env=dev
                    """
            )
            #expect(try await bot.say("pending") == "Nothing is waiting.")
            #expect(try await bot.say("history") == "History: nothing yet.")
            #expect(
                try await bot.say("show 17")
                    == "There is no change #17 for you. Ask #platform-help if that is wrong."
            )
            #expect(try await bot.say("version") == "clusterbot 1.2.3")
            // What the bot says of itself needs no right.
            #expect(try await bot.say("version", by: .zoe).hasPrefix("clusterbot "))
            #expect(try await bot.say("whoami") == "You are amy (slack:T1/U0AMY), in engineers.")
            #expect(try await bot.say("whoami", by: .eve) == "You are eve (slack:T1/U0EVE), in no group.")
            // Whom nobody has listed hears one sentence, whatever they type.
            for line in ["whoami", "list", "43 status", "43 dance", "help"] {
                #expect(
                    try await bot.say(line, by: .zoe)
                        == "You are not set up yet. Ask #platform-help to add slack:T1/U0ZOE.",
                    "\(line)"
                )
            }
        }
    }

    @Test func rightsAreExplained() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            #expect(
                try await bot.say("why 46 scale 4")
                    == "+4 nodes on either is allowed: it needs approval by a lead"
                    + ", by the rule “a lead agrees on either”; or it needs approval by 2 owners"
                    + ", by the rule “two owners agree on either”."
            )
            #expect(
                try await bot.say("why 42 scale 17")
                    == "+17 nodes on prod-train would be refused. At most 16 nodes at once here,"
                    + " by the rule “a lead agrees”; 17 is more. 42 scale 16 would be allowed; else ask #platform-help if that is wrong."
            )
            #expect(
                try await bot.say("who can approve 46 scale 4")
                    == "+4 nodes on either needs approval by a lead,"
                    + " or approval by 2 owners. Can approve: bob, cat, dan, fay."
            )
            #expect(
                try await bot.say("who can approve 42 scale 4", by: .bob)
                    == "+4 nodes on prod-train needs approval"
                    + " by a lead. Can approve: cat."
            )
            #expect(
                try await bot.say("who can approve 43 scale 4")
                    == "+4 nodes on dev-train runs at once; nobody has to approve it."
            )
            #expect(
                try await bot.say("who can approve 42 scale 4", by: .eve).contains(
                    "would be refused. No rule allows eve"
                )
            )
        }
    }

    /// Also where the reason came after a denial by a button.
    @Test func theLineOfADenialSaysWhoAndWhy() async throws {
        try await EngineHarness.run { bot async throws in
            for number in 1...3 {
                try await bot.say("42 scale \(number)")
                try await bot.until(number, isShown: .pending)
            }
            try await bot.say("deny 1 checkpoint at 04:00", by: .bob)
            try await bot.click(.deny, on: 2, by: .cat)
            try await bot.click(.deny, on: 3, by: .cat)
            try await bot.until(3, is: .denied)
            try await bot.say("deny 3 not today", by: .cat)
            let lines = try await bot.say("history").split(separator: "\n").dropFirst()
            for (line, end) in zip(
                lines,
                ["denied by cat: “not today”", "denied by cat", "denied by bob: “checkpoint at 04:00”"]
            ) {
                #expect(line.hasSuffix(" – \(end)"), "\(line)")
            }
        }
    }

    @Test func aboutChangesAreAnsweredFromTheStore() async throws {
        try await EngineHarness.run { bot async throws in
            try await bot.say("42 scale 4 --reason \"more room\"")
            try await bot.until(1, isShown: .pending)
            let waiting = "#1 +4 nodes on prod-train, 8 → 12 – waits for approval by a lead until "
            #expect(try await bot.say("pending").hasPrefix("# Open changes\n\(waiting)"))
            // Whoever can approve it sees it first, until they have.
            try await bot.say("44 scale 1", by: .bob)
            try await bot.until(2, isShown: .pending)
            let forBob = try await bot.say("pending", by: .bob)
            #expect(forBob.hasPrefix("# For you\n\(waiting)") && forBob.contains("#2 +1 node on lab"), "\(forBob)")
            let forCat = try await bot.say("pending", by: .cat)
            #expect(forCat.contains("# Other open changes\n#2 +1 node on lab"), "\(forCat)")
            try await bot.say("cancel 2", by: .bob)
            let shown = try await bot.say("show #1")
            #expect(shown.contains("✋ bob or cat: approve?"))
            let digest = try #require(try await bot.change(1).plan?.digest)
            #expect(shown.hasSuffix("plan \(digest.prefix(12))"), "\(shown)")
            #expect(try await !bot.say("show #1").contains("[Approve]"))
            try await bot.say("approve 1 fine", by: .bob)
            let time = /2027-01-15 08:\d\d UTC/
            try await bot.until(1, is: .succeeded)
            let line = "✅ #1 TIME amy: +4 nodes on prod-train, 8 → 12, approved by bob “more room”"
            #expect(
                try await bot.say("42 history").replacing(time, with: "TIME") == "# History of 42 prod-train\n\(line)"
            )
            for filter in [
                "prod-train", "by AMY", "by me", "by @amy", "since 1h", "since yesterday by AMY 5".lowercased(),
                "of 42 since 3 days",
            ] {
                #expect(
                    try await bot.say("history \(filter)").replacing(time, with: "TIME").hasSuffix(line),
                    "\(filter)"
                )
            }
            for filter in ["by cat", "failed", "since 2027-01-16"] {
                #expect(try await bot.say("history \(filter)").hasSuffix(": nothing."), "\(filter)")
            }
            #expect(try await bot.say("history dev-train") == "History of 43 dev-train: nothing yet.")
            for line in ["history yesterday", "history last week"] {
                #expect(try await bot.say(line).hasPrefix("# History, since "), "\(line)")
            }
            #expect(try await bot.say("history by nobody").hasPrefix("I know nobody called nobody."))
            #expect(try await bot.say("history since 2027-02-30") == "There is no such day.")
            let steps = try await bot.say("show 1").replacing(time, with: "TIME").split(separator: "\n")
            for step in [
                "TIME asked by amy “more room”", "TIME looked at the cluster", "TIME approved by bob “fine”",
                "TIME sent to the cluster API", "TIME done",
            ] { #expect(steps.contains(step[...]), "\(step) of \(steps)") }
            #expect(try await bot.say("43 history") == "History of 43 dev-train: nothing yet.")
        }
    }

    /// The story of a change leads to its messages, as far as whoever asks may see them.
    @Test func aChangeLeadsToItsMessages() async throws {
        let approvals = Channel.room(900)
        var rules = TestRules()
        rules.groupCalls["leads"] = GroupCalls(channel: approvals)
        try await EngineHarness.run(rules, historyChannel: .log) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.until("the copy is posted") { !bot.chat.posts(in: approvals).isEmpty }
            try await bot.click(.approve, on: 1, by: .bob)
            try await bot.until(1, isShown: .succeeded)
            try await bot.until("its end is told") {
                bot.chat.posts(in: .log).count == 1 && bot.chat.posts(in: .ops).count == 2
            }
            // A platform without links has none.
            #expect(try await !bot.say("show 1", in: .ops).contains("Messages:"))
            bot.chat.haveLinks()
            func id(_ channel: Channel, _ number: Int = 0) -> String { bot.chat.posts(in: channel)[number].id }
            let history = "the history channel (https://chat.example/C0LOG/\(id(.log)))"
            let inOps = try await bot.say("show 1", in: .ops)
            let line =
                "\nMessages: the card (https://chat.example/C0OPS/\(id(.ops)))"
                + " · the newest line (https://chat.example/C0OPS/\(id(.ops, 1))) · \(history)\nplan "
            #expect(inOps.contains(line), "\(inOps)")
            let inApprovals = try await bot.say("show 1", by: .bob, in: approvals)
            #expect(
                inApprovals.contains(
                    "\nMessages: the request (https://chat.example/C900/\(id(approvals))) · \(history)\nplan "
                ),
                "\(inApprovals)"
            )
            // Elsewhere nobody is led into a channel that may be closed to them.
            let elsewhere = try await bot.say("show 1", in: .lab)
            #expect(elsewhere.contains("\nMessages: \(history)\nplan "), "\(elsewhere)")
            #expect(!elsewhere.contains("C0OPS/") && !elsewhere.contains("C900/"))
            #expect(try await !bot.say("show 1", by: .zoe, in: .ops).contains("chat.example"))
        }
    }

    /// What is offered to somebody names no cluster that they may not see.
    @Test func nothingThatIsOfferedTellsOfAHiddenCluster() async throws {
        var rules = TestRules()
        rules.rules.append(
            Rule(
                name: "secret",
                effect: .forbid,
                rights: [Right.read],
                who: [.person("cat")],
                clusters: .init(ids: [42])
            )
        )
        try await EngineHarness.run(rules, isRunning: false) { bot in
            for typed in ["pro scale 4", "prod-trian status", "scale 4", "logs", "help scale", "restart"] {
                let answer = try await bot.say(typed, by: .cat)
                #expect(!answer.contains("42") && !answer.contains("prod-train"), "\(typed): \(answer)")
            }
            #expect(try await bot.say("pro scale 4").contains("Did you mean /cluster prod-train scale 4?"))
        }
    }

    @Test func aLongHistoryKeepsTheNewestEntries() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            let now = bot.clock.now
            try await bot.store.write { writer in
                for number in 1...60 {
                    let detail: [String: JSONValue] = ["asked": .string("request \(number)")]
                    try writer.append(HistoryEntry(at: now, kind: .refused, actor: .bot, policy: "p", detail: detail))
                }
            }
            let lines = try await bot.say("history 50").split(separator: "\n")
            #expect(lines.dropFirst().first?.hasSuffix("request 60") == true, "\(lines)")
            #expect(lines.last == "… and 6 more")
            #expect(lines.count == 46)
            #expect(try await bot.say("history 45 lines").hasSuffix("request 16"))
        }
    }

    @Test func statusIsTheAnswerItself() async throws {
        try await EngineHarness.run { bot async throws in
            try await bot.say("43 sg add 3")
            try await bot.until(1, is: .succeeded)
            bot.clusters.set { $0.lists[.securityGroups] = NamedList([3: "jupyter"]) }
            try await bot.say("42 scale 4")
            try await bot.until(2, isShown: .pending)
            let waits = try await bot.say("42 status")
            #expect(waits.hasSuffix("✋ #2 +4 nodes on prod-train, 8 → 12, asked by amy – waits for approval by a lead"))
            let answer = try await bot.say("43 status").replacing(/2027-01-15 08:\d\d UTC/, with: "TIME")
            #expect(
                answer == """
                    43 dev-train: Running, 8 nodes
                    Image: pytorch:76 (76)
                    SSH keys: 11, 12
                    IP addresses: none
                    Security groups: jupyter (3), as far as I know
                    Costs: 3,300 INR an hour, 412.50 INR a node
                    Last: ✅ #1 TIME amy: add security group 3 to dev-train
                    """
            )
            bot.clusters.set { $0.readProblems[43] = "The API does not answer." }
            #expect(
                try await bot.say("43 status").hasPrefix("43 dev-train could not be read. The API does not answer.")
            )
        }
    }

    /// A read that takes longer than the person's chat waits comes as a second, private message.
    @Test func aSlowStatusFollowsInPrivate() async throws {
        try await EngineHarness.run { bot async throws in
            let gate = bot.clusters.holdReads(of: 42)
            #expect(
                try await bot.sayWhileReadsHang("42 status")
                    == "I am reading 42 prod-train. The answer follows in a moment."
            )
            gate.open()
            try await bot.until("amy is told") { bot.chat.told.count == 1 }
            #expect(bot.chat.told[0].account == Person.amy.account)
            #expect(bot.chat.told[0].text.hasPrefix("42 prod-train: Running, 8 nodes"))
        }
    }

    @Test func aPlanIsShownAndNothingDone() async throws {
        try await EngineHarness.run { bot async throws in
            let answers = [
                (
                    "42 scale to 12",
                    "Would do: +4 nodes on prod-train, 8 → 12. It needs approval by a lead. +1,650 INR an hour,"
                        + " 412.50 INR a node. Nodes cannot be removed from chat. Nothing was done."
                ),
                (
                    "42 scale to 40",
                    "Would do: +32 nodes on prod-train, 8 → 40. But that would be refused. At most 16 nodes at once"
                        + " here, by the rule “a lead agrees”; 32 is more. 42 scale 16 would be allowed; else ask #platform-help if that is wrong. Nothing was done."
                ),
                (
                    "43 scale to 4",
                    "The cluster has 8 nodes already; scale to 4 would add none, and nodes cannot be removed from"
                        + " chat. Nothing was done."
                ),
                (
                    "43 sg add 3",
                    "Would do: add security group 3 to dev-train. It runs at once. Not checked: the list of security"
                        + " groups could not be read, or is not this cluster's. Nothing was done."
                ),
            ]
            for (command, plan) in answers {
                #expect(try await bot.say("\(command) --plan") == plan)
            }
            bot.clusters.set { $0.readProblems[43] = "The API does not answer." }
            #expect(
                try await bot.say("43 scale 4 --plan")
                    == "43 dev-train could not be read, so there is no plan. The API does not answer. Nothing was done."
            )
            #expect(try await bot.say("42 scale 4 --plan", by: .eve).contains("would be refused. No rule allows eve"))
            #expect(try await bot.changes().isEmpty)
        }
    }

    /// What somebody may not read of a cluster, they do not learn by another question either.
    @Test func aboutAClusterThatIsClosedToSomebodyAreNotAnswered() async throws {
        var rules = TestRules()
        rules.rules.append(
            Rule(
                name: "secret",
                effect: .forbid,
                rights: [Right.read],
                who: [.person("eve")],
                clusters: .init(ids: [42])
            )
        )
        try await EngineHarness.run(rules) { bot async throws in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            let no = "The rule “secret” forbids it. Ask #platform-help if that is wrong."
            for command in ["show 1", "approve 1", "deny 1 no", "cancel 1", "confirm 1", "resolve 1 failed gone"] {
                for (person, number) in [(Person.eve, 1), (.zoe, 1), (.amy, 9)] {
                    #expect(
                        try await bot.say(command.replacing("1", with: "\(number)"), by: person)
                            == "There is no change #\(number) for you. Ask #platform-help if that is wrong.",
                        "\(command) by \(person)"
                    )
                }
            }
            for question in ["42 status", "42 history", "why 42 scale 4", "who can approve 42 scale 4"] {
                #expect(try await bot.say(question, by: .eve) == no, "\(question)")
            }
            #expect(try await bot.say("pending", by: .eve) == "Nothing is waiting.")
            #expect(try await bot.say("history", by: .eve) == "History: nothing yet.")
            #expect(try await !bot.say("list", by: .eve).contains("prod-train"))
            #expect(try await bot.say("pending", by: .amy).contains("#1"))
        }
    }

    /// Nor when the cluster is no longer configured, nor by a plan.
    @Test func aboutAClusterThatWasClosedAndTakenAwayStayClosed() async throws {
        var rules = TestRules()
        rules.rules.append(
            Rule(
                name: "secret",
                effect: .forbid,
                rights: [Right.read],
                who: [.person("cat")],
                clusters: .init(ids: [42])
            )
        )
        try await EngineHarness.run(rules) { bot async throws in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.say("42 scale 4 --plan", by: .cat).hasPrefix("The rule “secret” forbids it."))
            bot.context.replace(rulebook: rules.changed { $0.clusters.removeAll { $0.id == 42 } })
            #expect(try await bot.say("history", by: .cat) == "History: nothing yet.")
            #expect(try await bot.say("history", by: .amy).contains("#1"))
        }
    }
}
