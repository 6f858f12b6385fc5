import BotCore
import BotStore
import Foundation
import TestSupport
import Testing

@testable import BotEngine

/// Who is called to a request, when, and where: once for one thing.
@Suite("A call to a request", .timeLimit(.minutes(20)))
struct CallingTests {
    private static let approvals = Channel(platform: "slack", workspace: "T1", id: "C0APPR")

    /// The leads have a channel of their own.
    static func rules(_ change: (inout TestRules) -> Void = { _ in }) -> TestRules {
        var rules = TestRules()
        rules.groupCalls["leads"] = GroupCalls(channel: approvals)
        change(&rules)
        return rules
    }

    /// What production needs, with nobody's channel but the conversation.
    static func rules(asking needs: Needs) -> TestRules {
        rules { rules in
            rules.groupCalls = [:]
            rules.rules[1] = TestRules.rule("production is agreed", env: "prod", needs: needs)
        }
    }

    /// Tries that failed long ago, for what was given up meanwhile, put off nothing that is wanted later.
    @Test func isEditedAtOnceInACopyWhoseOldTriesFailed() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until("the copy is posted") { !bot.chat.posts(in: Self.approvals).isEmpty }
            try await bot.until(1, isShown: .pending)
            let place = Post.Place.copy(Self.approvals)
            try await bot.until("it counts as posted") {
                try await bot.file.read { try $0.post(change: 1, place: place).map { $0.posted >= $0.wanted } == true }
            }
            try await bot.file.write { writer in
                guard var copy = try writer.post(change: 1, place: place) else { return }
                (copy.tries, copy.nextTry) = (5, bot.clock.now + .seconds(300))
                try writer.save(copy)
            }
            try await bot.say("deny 1 no", by: .bob)
            let copy = try #require(try await bot.file.read { try $0.post(change: 1, place: place) })
            #expect(copy.tries == 0 && copy.nextTry <= bot.clock.now, "\(copy)")
        }
    }

    @Test func isTheCardInTheConversationAndInTheGroupsChannel() async throws {
        try await EngineHarness.run(Self.rules()) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.until("the copy is posted") { !bot.chat.posts(in: Self.approvals).isEmpty }
            let card = try await bot.conversation(1)
            // Its first message, with its plan: nobody hears of it before there is something to decide.
            #expect(bot.chat.posts(in: .ops).map(\.id) == [card.id])
            #expect(card.versions[0].wholeText.contains("8 → 12"))
            let copy = bot.chat.posts(in: Self.approvals)[0]
            for message in [card, copy] { #expect(message.mentions == [Person.bob.account, Person.cat.account]) }
            #expect(copy.text.contains("asked in slack:T1/C0OPS"))

            // It is decided there like anywhere, and both show what came of it.
            try await bot.click(.approve, on: 1, by: .bob, in: Self.approvals)
            try await bot.until(1, isShown: .succeeded)
            try await bot.until("the copy shows it") {
                bot.chat.posts(in: Self.approvals).first?.text.contains("– done") == true
            }
            #expect(bot.chat.posts(in: Self.approvals).count == 1)
            #expect(bot.chat.posts(in: Self.approvals)[0].versions.last?.hasButtons == false)
            try await bot.until("amy is told") { bot.chat.posts(in: .ops).count == 2 }
            #expect(bot.chat.posts(in: .ops)[1].mentions == [Person.amy.account])
            #expect(bot.chat.posts(in: .ops)[1].text.contains("#1"))
        }
    }

    @Test func isALineBeforeTheCardOnlyWhereThePlanTakesLong() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 42)
            try await bot.say("42 scale 4", in: .ops)
            try await gate.reached()
            #expect(bot.chat.posts(in: .ops).isEmpty)
            bot.clock.advance(by: .seconds(3))
            try await bot.until("the line stands there") { bot.chat.posts(in: .ops).count == 1 }
            let line = bot.chat.posts(in: .ops)[0]
            #expect(line.text.contains("#1 +4 nodes on prod-train – looking at the cluster"))
            #expect(line.mentions.isEmpty)
            gate.open()
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.conversation(1).mentions == [Person.bob.account, Person.cat.account])
            bot.clock.advance(by: .seconds(1))
            try await bot.until("the line is gone") { bot.chat.posts(in: .ops)[0].isGone }
            #expect(bot.chat.posts(in: .ops).count == 2)
        }
    }

    /// At half the time those who can still decide are called, once, also over a restart.
    @Test func comesOnceMoreAtHalfTheTime() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            bot.clock.advance(by: .seconds(880))
            try await bot.goRound()
            #expect(Self.about(1, bot).count == 1)
            bot.clock.advance(by: .seconds(20))
            try await bot.until("cat is reminded") {
                try await bot.file.read { try $0.post(change: 1, place: .reminder(.ops))?.posted == 1 }
            }
            #expect(Self.about(1, bot).count == 2)
            let reminder = Self.about(1, bot)[1]
            #expect(reminder.mentions == [Person.cat.account])
            #expect(reminder.text.contains("cat: #1 still waits for approval by 1 more lead"))
            try await bot.crash()
            bot.restart(TestRules().rulebook, isRunning: false)
            bot.clock.advance(by: .seconds(60))
            try await Expiry(context: bot.context).sweep()
            let row = try await bot.file.read { try $0.post(change: 1, place: .reminder(.ops)) }
            #expect(row?.posted == 1, "they are called a second time")
            #expect(Self.about(1, bot).count == 2)
        }
    }

    static func about(_ change: Int, _ bot: EngineHarness) -> [RecordingChat.Posted] {
        bot.chat.posts(in: .ops).filter { $0.versions[0].identity?.change == change }
    }

    /// Whoever could not be asked yet is asked first: nobody hears that something still waits of which they know nothing.
    @Test func comesNeverBeforeTheCard() async throws {
        try await EngineHarness.run { bot in
            bot.chat.fail(.ops, .transient("503"))
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, is: .pending)
            bot.clock.advance(by: .seconds(960))
            try await bot.goRound()
            // Nothing is written meanwhile: a new revision would end the back-off of its posts.
            var changes: [Change] = []
            for _ in 1...3 {
                bot.clock.advance(by: .seconds(40))
                try await bot.goRound()
                changes.append(try await bot.change(1))
            }
            #expect(changes[1] == changes[2])
            bot.chat.fail(.ops, nil)
            try await bot.until("all is told") {
                try await bot.file.read { try $0.posts(of: 1).allSatisfy { $0.posted >= $0.wanted } }
            }
            let texts = bot.chat.posts(in: .ops).map(\.text).filter { $0.contains("#1") }
            #expect(texts.first?.contains("approve?") == true, "\(texts)")
        }
    }

    /// A further group is asked later, and counts from then on; not before.
    @Test func goesToAFurtherGroupAfterItsTime() async throws {
        let rules = Self.rules(
            asking: .approvals(
                ApprovalNeeds(entries: [
                    .init(from: "leads", count: 1, then: .init(after: .seconds(600), from: "owners"))
                ])
            )
        )
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.say("approve 1", by: .dan).contains("you are in none of these groups"))
            bot.clock.advance(by: .seconds(601))
            try await bot.until("the owners are asked") { bot.chat.posts(in: .ops).count == 2 }
            let line = bot.chat.posts(in: .ops)[1]
            #expect(line.mentions == [Person.dan.account, Person.fay.account])
            #expect(try await bot.kinds(1) == ["requested", "planned", "asked"])
            #expect(try await bot.say("approve 1", by: .dan) == "Done: you approved #1; it is sent next.")
            try await bot.until(1, is: .succeeded)
        }
    }

    /// The number stays: a further group does not halve what is needed.
    @Test func toAFurtherGroupKeepsTheNumber() async throws {
        let rules = Self.rules(
            asking: .approvals(
                ApprovalNeeds(entries: [
                    .init(from: "leads", count: 2, then: .init(after: .seconds(600), from: "owners"))
                ])
            )
        )
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.clock.advance(by: .seconds(601))
            try await bot.until("the owners are asked") { bot.chat.posts(in: .ops).count == 2 }
            #expect(try await bot.say("approve 1", by: .dan).hasPrefix("Done: you approved #1; it waits for "))
            #expect(try await bot.say("approve 1", by: .bob) == "Done: you approved #1; it is sent next.")
            try await bot.until(1, is: .succeeded)
        }
    }

    /// They have approved before, for another entry; nobody clicks twice.
    @Test func toAFurtherGroupMayBeEnoughAtOnce() async throws {
        let rules = Self.rules(
            asking: .approvals(
                ApprovalNeeds(entries: [
                    .init(from: "leads", count: 1, then: .init(after: .seconds(600), from: "owners")),
                    .init(from: "owners", count: 1),
                ])
            )
        )
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            for owner in [Person.dan, .fay] {
                #expect(try await bot.say("approve 1", by: owner).hasPrefix("Done: you approved #1; it waits for "))
            }
            bot.clock.advance(by: .seconds(601))
            try await bot.until(1, is: .succeeded)
        }
    }

    /// Its time counts from the plan, whatever the rules say later about how long there is to approve.
    @Test func toAFurtherGroupIsNotMadeEarlierByOtherRules() async throws {
        func needs(_ count: Int, within: Duration) -> Needs {
            .approvals(
                ApprovalNeeds(
                    entries: [.init(from: "leads", count: count, then: .init(after: .seconds(600), from: "owners"))],
                    within: within
                )
            )
        }
        var rules = Self.rules { $0.groupCalls = [:] }
        rules.rules[1] = TestRules.rule("a lead agrees", env: "prod", needs: needs(1, within: .seconds(1800)))
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            var changed = rules
            changed.digest = "policy-2"
            changed.rules[1] = TestRules.rule("others agree", env: "prod", needs: needs(2, within: .seconds(7200)))
            let file = ReloadedFile(path: "/etc/clusterbot.yaml", owner: "deploy", modifiedAt: bot.clock.now)
            try await Reload(context: bot.context).putInForce(changed.rulebook, from: file)
            bot.clock.advance(by: .seconds(300))
            try await bot.goRound()
            #expect(try await bot.kinds(1).contains("asked") == false)
            #expect(try await bot.say("approve 1", by: .dan).contains("you are in none of these groups"))
            bot.clock.advance(by: .seconds(310))
            try await bot.until("the owners are asked") { try await bot.kinds(1).contains("asked") }
        }
    }

    /// Where it is asked in the channel of the group itself, that is where its members are reminded.
    @Test func comesAgainInTheGroupsOwnChannel() async throws {
        let rules = Self.rules { $0.groupCalls["leads"] = GroupCalls(channel: .ops) }
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.clock.advance(by: .seconds(905))
            try await bot.until("they are reminded") { Self.about(1, bot).count == 2 }
            #expect(Self.about(1, bot)[1].mentions == [Person.bob.account, Person.cat.account])
        }
    }

    /// Whose group has enough is not called again.
    @Test func leavesOutThoseWhoseApprovalWouldAddNothing() async throws {
        let rules = Self.rules(asking: TestRules.approvals(("leads", 1), ("owners", 1)))
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            bot.clock.advance(by: .seconds(905))
            try await bot.until("the owners are reminded") { Self.about(1, bot).count == 2 }
            #expect(Self.about(1, bot)[1].mentions == [Person.dan.account, Person.fay.account])
        }
    }

    /// Nothing in the history channel is ever edited.
    @Test func isALineOfItsOwnInTheHistoryChannel() async throws {
        try await EngineHarness.run(historyChannel: .ops) { bot in
            for number in 1...2 {
                try await bot.say("42 sg add \(number)", in: .ops)
                try await bot.until(number, isShown: .pending)
                bot.clock.advance(by: .seconds(1))
            }
            for number in 1...2 { try await bot.say("cancel \(number)", in: .ops) }
            for number in 1...2 { try await bot.until(number, isShown: .cancelled) }
            try await bot.until("both are told") { bot.chat.posts(in: .ops).filter { !$0.isCard }.count == 2 }
            #expect(bot.chat.posts(in: .ops).filter { !$0.isCard }.allSatisfy { $0.versions.count == 1 })
        }
    }

    /// More than five would be a crowd.
    @Test func mentionsAtMostFivePeople() async throws {
        let rules = Self.rules { rules in
            rules.groupCalls = [:]
            rules.groups["leads"] = ["bob", "cat", "dan", "fay", "eve", "p1", "p2"]
        }
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let card = try await bot.conversation(1)
            #expect(card.mentions.count == 5)
            #expect(card.text.contains("(and 2 more)"))
        }
    }

    /// What ends within a moment is said in one line, and calls once.
    @Test func isOneLineForWhatEndsTogether() async throws {
        try await EngineHarness.run { bot in
            for number in 1...3 {
                try await bot.say("42 sg add \(number)", in: .ops)
                try await bot.until(number, isShown: .pending)
                bot.clock.advance(by: .seconds(1))
            }
            for number in 1...3 { try await bot.say("cancel \(number)", in: .ops) }
            try await bot.until("all are told") {
                bot.chat.posts(in: .ops).filter { !$0.isCard }.last.map { line in
                    (1...3).allSatisfy { line.text.contains("#\($0) ") }
                } == true
            }
            #expect(bot.chat.posts(in: .ops).filter { !$0.isCard }.count == 1)
        }
    }

    /// Whoever was called a moment ago is not called again together with others, nor alone.
    @Test func callsNobodyTwiceWithinAMinute() async throws {
        var rules = Self.rules(asking: TestRules.approvals(("leads", 1), ("owners", 1)))
        rules.groups["owners"] = ["dan"]
        rules.groups["engineers"] = ["amy", "dan"]
        try await EngineHarness.run(rules) { bot in
            func lines() -> [RecordingChat.Posted] { bot.chat.posts(in: .ops).filter { !$0.isCard } }
            // Three requests; of the first only the owner is missing, the leads of the third.
            for number in 1...3 {
                try await bot.say("42 sg add \(number)", in: .ops)
                try await bot.until(number, isShown: .pending)
                bot.clock.advance(by: .seconds(2))
            }
            try await bot.say("approve 1", by: .bob)
            try await bot.say("approve 3", by: .dan)
            for number in 1...3 { try await bot.untilShown(number) }
            bot.clock.advance(by: .seconds(900))
            try await bot.until("all are reminded") {
                (1...3).allSatisfy { number in lines().contains { $0.text.contains("#\(number) still waits") } }
            }
            #expect(lines().map(\.mentions) == [[Person.dan.account], [Person.bob.account, Person.cat.account]])
            #expect(lines()[1].text.contains("bob, dan or cat: #2 still waits"))
            #expect(lines()[1].text.contains("#3 still waits"))
        }
    }

    /// What came of an unknown outcome is news for whoever waits for it: an edit of the line before would call nobody.
    @Test func isANewLineForFurtherNewsOfTheSameChange() async throws {
        // Nobody else can settle it, so both lines call the same person.
        let rules = Self.rules { $0.rules.removeAll { $0.rights.contains(Right.resolve) } }
        try await EngineHarness.run(rules) { bot in
            bot.clusters.willAnswer(.unknownApplied, on: 43)
            try await bot.say("43 restart cluster", in: .ops)
            try await bot.until(1, isShown: .unknown)
            func lines() -> [RecordingChat.Posted] { bot.chat.posts(in: .ops).filter { !$0.isCard } }
            try await bot.until("amy is called") { lines().count == 1 }
            bot.context.replace(rulebook: TestRules().rulebook)
            try await bot.say("resolve 1 succeeded \"I saw it\"", by: .bob)
            try await bot.until("amy is called again") { lines().count == 2 }
            #expect(lines().allSatisfy { $0.versions.count == 1 && $0.mentions == [Person.amy.account] })
        }
    }

    @Test func asksWhoDeniedByAButtonToSayWhy() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.click(.deny, on: 1, by: .cat)
            try await bot.until(1, isShown: .denied)
            try await bot.until("cat is asked why") {
                bot.chat.told.contains { $0.account == Person.cat.account && $0.text.contains("Say why") }
            }
            // Only she can say it, once, and not after an hour.
            #expect(try await bot.say("deny 1 because I say so", by: .bob).contains("can no longer be denied"))
            #expect(
                try await bot.say("deny 1 checkpoint at 04:00", by: .cat) == "Done: your reason stands in #1 now."
            )
            #expect(try await bot.say("deny 1 again", by: .cat).contains("stands there already"))
            try await bot.untilShown(1)
            #expect(try await bot.conversation(1).text.contains("cat denied it: “checkpoint at 04:00”"))
            #expect(try await bot.kinds(1).last == "reason_added")
            try await bot.until("the log has it") {
                bot.chat.posts(in: .log).contains { $0.text.contains("“checkpoint at 04:00”") }
            }
            try await bot.say("42 image 81", in: .ops)
            try await bot.until(2, isShown: .pending)
            try await bot.click(.deny, on: 2, by: .cat)
            try await bot.until(2, isShown: .denied)
            bot.clock.advance(by: .seconds(3601))
            #expect(try await bot.say("deny 2 too late", by: .cat).contains("more than an hour ago"))
        }
    }
}

extension Message {
    fileprivate var hasButtons: Bool { blocks.contains { if case .buttons = $0 { true } else { false } } }
}
