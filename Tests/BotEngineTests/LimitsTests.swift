import BotCore
import Testing

@testable import BotEngine

/// Nobody's requests hold up another's.
@Suite("Limits", .timeLimit(.minutes(20)))
struct LimitsTests {
    private static func rules(_ change: (inout TestRules) -> Void) -> TestRules {
        var rules = TestRules()
        change(&rules)
        return rules
    }

    @Test func takeNoMoreOpenChangesOfAPerson() async throws {
        let rules = Self.rules { $0.limits.openChanges = 3 }
        try await EngineHarness.run(rules) { bot in
            for number in 1...3 {
                try await bot.say("42 scale \(number)")
                try await bot.until(number, isShown: .pending)
            }
            let answer = try await bot.say("42 scale 9")
            #expect(
                answer == "You have 3 open changes, and more are not taken: nothing was stored."
                    + " Finish or withdraw some: /cluster pending"
            )
            #expect(try await bot.changes().count == 3)
            // Others are not concerned, and whoever finishes one goes on.
            #expect(try await bot.say("42 scale 9", by: .bob).hasPrefix("#4 "))
            try await bot.say("cancel 2")
            #expect(try await bot.say("42 scale 9").hasPrefix("#5 "))
        }
    }

    @Test func takeNoMoreCommandsAMinuteThanConfigured() async throws {
        let rules = Self.rules { $0.limits.requestsPerMinute = 4 }
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 1", by: .bob)
            try await bot.until(1, isShown: .pending)
            for _ in 1...3 { #expect(try await bot.say("list").hasPrefix("# Clusters")) }
            // What nobody can understand counts, too.
            #expect(try await bot.say("42 sclae 4").hasPrefix("There is no action"))
            let refusal = "You have given 4 commands within a minute, and I take no more: nothing was done."
            #expect(try await bot.say("list").hasPrefix(refusal))
            #expect(try await bot.say("43 scale 4").hasPrefix(refusal))
            #expect(try await bot.say("nonsense").hasPrefix(refusal))
            #expect(try await bot.changes().count == 1)
            // The same delivery once more is the same command.
            for _ in 1...3 { _ = try await bot.type("list", by: .fay, in: .ops, key: "the same") }
            #expect(try await bot.say("list", by: .fay).hasPrefix("# Clusters"))
            // Others are not concerned, and deciding goes on.
            #expect(try await bot.say("list", by: .eve).hasPrefix("# Clusters"))
            for _ in 1...8 { try await bot.say("list", by: .cat) }
            #expect(try await bot.say("approve 1", by: .cat).hasPrefix("Done: you approved #1"))
            bot.clock.advance(by: .seconds(61))
            #expect(try await bot.say("list").hasPrefix("# Clusters"))
        }
    }

    /// An offer is a click: its line was answered for once, when it was typed.
    @Test func countNoOffers() async throws {
        let rules = Self.rules { $0.limits.requestsPerMinute = 2 }
        try await EngineHarness.run(rules) { bot in
            let reply = try await bot.type("43 sclae 4", in: .ops)
            for _ in 1...3 { try await bot.say("list") }
            for case .buttons(let buttons) in try #require(reply.message).blocks {
                for button in buttons { try await bot.click("offer", value: button.value, by: .amy) }
            }
            try await bot.until(1, is: .succeeded)
        }
    }

    /// What only looks may be looked at again, but each look costs a read of the cluster.
    @Test func takeNoMoreLooksThanAreAnswered() async throws {
        try await EngineHarness.run { bot in
            let help = try #require(try await bot.type("help", in: .ops).message)
            let rows = help.blocks.compactMap { block -> [Message.Button]? in
                if case .buttons(let row) = block { row } else { nil }
            }
            let offered = rows.flatMap(\.self)
            let handle = try #require(offered.first { $0.label.hasPrefix("Status") }).value
            for number in 1...80 {
                try await bot.click("offer", value: handle, by: .amy, key: "\(number)", pause: .zero)
            }
            try await bot.until("amy is told") { bot.chat.told.count == 60 }
            // A status takes two reads at most.
            #expect(bot.clusters.now.reads.values.reduce(0, +) <= 120)
        }
    }

    /// Each click of a listed person that does nothing is explained to them, however few commands are taken.
    @Test func explainEachClickOfAListedPerson() async throws {
        let rules = Self.rules { $0.limits.requestsPerMinute = 2 }
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            for number in 1...10 { try await bot.click(.approve, on: 1, by: .eve, key: "e\(number)") }
            try await bot.until("eve is told each time") {
                bot.chat.told.filter { $0.account == Person.eve.account }.count == 10
            }
        }
    }

    @Test func answerAFloodWithNothing() async throws {
        let rules = Self.rules { $0.limits.requestsPerMinute = 2 }
        try await EngineHarness.run(rules, isRunning: false) { bot in
            for count in 1...25 {
                let reply = try await bot.type("list", in: .ops, pause: .zero)
                #expect((reply.message == nil) == (count > 20), "\(count)")
            }
            #expect(try await bot.type("list", by: .bob, in: .ops, pause: .zero).message != nil)
        }
    }

    /// The first refusal of an unlisted account within a minute is a change; the others are answered the same and counted.
    @Test(arguments: [5, 10_000])
    func putRefusalsOfAStrangerTogether(atMost limit: Int) async throws {
        let rules = Self.rules { $0.limits.requestsPerMinute = limit }
        try await EngineHarness.run(rules, historyChannel: .log) { bot in
            let long = String(repeating: "because ", count: 400)
            let first = try await bot.say("42 scale 1 --reason \"\(long)\"", by: .zoe)
            #expect(first.contains("refused. You are not set up yet."))
            for number in 1...30 {
                #expect(try await bot.say("\([42, 43, 53][number % 3]) scale \(number + 1)", by: .zoe) == first)
            }
            #expect(try await bot.changes().count == 1)
            bot.clock.advance(by: .seconds(66))
            try await bot.until("they are in the history") {
                try await bot.history().contains { $0["detail"]?["count"]?.int == 30 }
            }
            let entry = try #require(try await bot.history().last)
            #expect(entry["kind"]?.string == "refused")
            #expect(entry["change"]?.isNull == true)
            #expect(entry["actor"]?["account"]?.string == "slack:T1/U0ZOE")
            #expect(
                entry["detail"]?["clusters"]?.array?.compactMap(\.string)
                    == ["42 prod-train", "43 dev-train", "53 dev-two"]
            )
            // At most one post a minute for all of them.
            try await bot.until("both are posted") { bot.chat.posts(in: .log).count == 2 }
            #expect(
                bot.chat.posts(in: .log)[1].text.hasPrefix(
                    "⛔ 30 more requests like #1 refused: nobody lists slack:T1/U0ZOE"
                )
            )
            #expect(bot.chat.posts(in: .ops).isEmpty)
            // In the next minute another change may come of it.
            try await bot.say("42 scale 1", by: .zoe)
            #expect(try await bot.changes().count == 2)
            // A listed person's refusals are never put together.
            for _ in 1...3 { try await bot.say("42 scale 1", by: .eve) }
            #expect(try await bot.changes().count == 5)
        }
    }

    @Test func explainAStrangersClicksOnceAMinute() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            for number in 1...30 { try await bot.click(.approve, on: 1, by: .zoe, key: "z\(number)") }
            try await bot.click(.approve, on: 1, by: .eve)
            try await bot.until("eve is told") { bot.chat.told.contains { $0.account == Person.eve.account } }
            #expect(bot.chat.told.filter { $0.account == Person.zoe.account }.count == 1)
            #expect(try await bot.approvals(1).isEmpty)
        }
    }

    /// Reads of one person hang. Another's come next, and none is dropped.
    @Test func serveQuestionsInTurn() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 42)
            for _ in 1...20 { _ = try await bot.sayWhileReadsHang("42 status") }
            #expect(try await bot.say("43 status", by: .bob).hasPrefix("43 dev-train: Running"))
            #expect(bot.chat.told.isEmpty)
            gate.open()
            try await bot.until("amy has all answers") { bot.chat.told.count == 20 }
        }
    }
}

extension LimitsTests {
    /// Nobody is left waiting for an answer that does not come.
    @Test func sayWhenTooManyQuestionsWait() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 42)
            var answers: [String] = []
            for _ in 1...40 { answers.append(try await bot.sayWhileReadsHang("42 status")) }
            #expect(answers.last == "I am still reading for you what you asked before. Ask again in a moment.")
            gate.open()
            let read = answers.count { $0.hasPrefix("I am reading 42") }
            try await bot.until("all that were promised came") { bot.chat.told.count == read }
        }
    }
}

/// The same request once more.
@Suite("A repetition by a person", .timeLimit(.minutes(20)))
struct TwiceTests {
    @Test func addsItsReasonWhileNobodyHasDecided() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4 --reason \"more room\"")
            try await bot.until(1, isShown: .pending)
            let answer = try await bot.say("45 scale 4 --reason \"the queue is long\"")
            #expect(answer.hasSuffix("it waits for approval by 2 leads. I added your reason."))
            #expect(try await bot.changes().count == 1)
            try await bot.until("both are shown") {
                let text = try await bot.conversation(1).text
                return text.contains("> amy: “more room”") && text.contains("> amy: “the queue is long”")
            }
            #expect(try await bot.kinds(1) == ["requested", "planned", "reason_added"])
            // The same again is not added, and after a decision nothing is.
            #expect(
                try await bot.say("45 scale 4 --reason \"more room\"").hasSuffix("it waits for approval by 2 leads.")
            )
            try await bot.say("approve 1", by: .bob)
            #expect(try await bot.say("45 scale 4 --reason another").contains("Your reason was not added"))
            #expect(try await bot.change(1).reasons == ["more room", "the queue is long"])
        }
    }

    @Test func isAnsweredWithADenialThatWasGivenAMomentAgo() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say("deny 1 \"checkpoint at 04:00\"", by: .bob)
            try await bot.until(1, isShown: .denied)
            #expect(try await bot.conversation(1).text.contains("bob denied it. “checkpoint at 04:00”"))
            let answer = try await bot.say("42 scale 4")
            #expect(answer.hasPrefix("bob denied this as #1 less than a minute ago: “checkpoint at 04:00”."))
            #expect(try await bot.changes().count == 1)
            // Not another's, not with a reason, and not for ever.
            #expect(try await bot.say("42 scale 4", by: .cat).hasPrefix("#2 "))
            #expect(try await bot.say("42 scale 4 --reason \"it is done\"").hasPrefix("#3 "))
            try await bot.say("cancel 3")
            bot.clock.advance(by: .seconds(61))
            #expect(try await bot.say("42 scale 4").hasPrefix("#4 "))
        }
    }

    /// What was added goes over to the change that asks again.
    @Test func keepsItsReasonsWhereTheClusterChanged() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4 --reason \"more room\"")
            try await bot.until(1, isShown: .pending)
            try await bot.say("42 scale 4 --reason \"the queue is long\"")
            bot.clusters.alter(42) { $0.nodes = 10 }
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .superseded)
            try await bot.until(2, isShown: .pending)
            #expect(try await bot.change(2).reasons == ["more room", "the queue is long"])
        }
    }
}
