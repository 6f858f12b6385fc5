import BotCore
import FoundationEssentials
import NIOConcurrencyHelpers
import Testing

@testable import BotEngine
@testable import BotStore

/// What a channel, the history channel and whoever asked read of a change, whatever becomes of it.
@Suite("The wording of stories", .timeLimit(.minutes(20)))
struct StoryWordingTests {
    /// The states and kinds of entries that came to pass.
    private struct Seen {
        var states: Set<ChangeState> = []
        var kinds: Set<String> = []
    }

    private var page = WordingPage("stories")
    private var seen = Seen()

    /// Lives through a story, then reads what the history says of it.
    private mutating func story(
        _ title: String,
        _ rules: TestRules = TestRules(),
        _ play: (inout WordingPage, EngineHarness) async throws -> Void
    ) async throws {
        var (page, seen) = (page, seen)
        try await EngineHarness.run(rules, historyChannel: .log) { bot in
            WordingTests.furnish(bot)
            page.part(title)
            try await play(&page, bot)
            seen.states.formUnion(try await bot.states())
            seen.kinds.formUnion(try await bot.history().compactMap { $0["kind"]?.string })
        }
        (self.page, self.seen) = (page, seen)
    }

    private static let file = ReloadedFile(
        path: "/etc/clusterbot/clusterbot.yaml",
        owner: "deploy",
        modifiedAt: Timestamp(seconds: 1_790_000_000)
    )

    private mutating func requests() async throws {
        try await story("a lead approves") { page, bot in
            let gate = bot.clusters.holdReads(of: 42)
            try await page.type("42 scale 4 because the queue is long", bot)
            try await gate.reached()
            bot.clock.advance(by: .seconds(3))
            try await page.line("looking at the cluster", bot)
            gate.open()
            try await page.card(is: .pending, bot)
            bot.clock.advance(by: .seconds(1))
            let sending = bot.clusters.holdSendings(to: 42)
            try await page.type("approve 1 fine", by: .bob, bot)
            try await sending.reached()
            try await bot.until("the card shows it") { try await bot.conversation(1).text.contains("being sent") }
            try await page.card(1, bot)
            sending.open()
            try await page.card(is: .succeeded, bot)
            try await page.line("done", bot)
            try await page.line("done", in: .log, bot)
            try await page.type("show 1", bot)
        }
        try await story("two leads approve, and one is reminded") { page, bot in
            try await page.type("45 scale 4", bot)
            try await page.card(is: .pending, bot)
            try await bot.say("approve 1", by: .bob)
            try await bot.untilShown(1)
            try await page.card(1, bot)
            bot.clock.advance(by: .seconds(901))
            try await page.line("still waits", bot)
            bot.clock.advance(by: .seconds(901))
            try await page.card(is: .expired, bot)
            try await page.line("expired", bot)
            try await page.line("expired", in: .log, bot)
        }
        try await story("nobody approves it") { page, bot in
            try await page.type("46 image 77", bot)
            try await page.card(is: .pending, bot)
            bot.clock.advance(by: .seconds(1801))
            try await page.card(is: .expired, bot)
        }
        try await story("it is denied by a button, and said why") { page, bot in
            try await bot.say("42 restart cluster --reason \"driver update\"", in: .ops)
            try await page.card(is: .pending, bot)
            try await bot.click(.deny, on: 1, by: .cat)
            try await page.word("denied", bot)
            try await page.card(is: .denied, bot)
            try await page.line("denied", bot)
            try await page.type("deny 1 checkpoint at 04:00", by: .cat, bot)
            try await bot.until("the reason stands there") { try await bot.conversation(1).text.contains("04:00") }
            try await page.card(1, bot)
            try await page.line("04:00", bot)
            try await page.line("denied", in: .log, bot)
            try await page.line("04:00", in: .log, bot)
        }
        try await story("it is withdrawn") { page, bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await page.type("cancel 1", bot)
            try await page.card(is: .cancelled, bot)
            try await page.line("withdrawn", bot)
        }
        try await story("it is confirmed") { page, bot in
            try await bot.say("44 scale 4", in: .ops)
            try await page.card(is: .pending, bot)
            try await bot.click(.confirm, on: 1, by: .amy)
            try await page.card(is: .succeeded, bot)
        }
        try await story("nobody confirms it") { page, bot in
            try await bot.say("44 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.clock.advance(by: .seconds(1801))
            try await page.card(is: .expired, bot)
        }
        try await story("it comes late") { page, bot in
            try await page.type("43 image 77", ago: .seconds(600), bot)
            try await page.card(is: .pending, bot)
        }
    }

    private mutating func calls() async throws {
        var rules = TestRules()
        rules.groupCalls["leads"] = GroupCalls(channel: .lab)
        try await story("the group has a channel of its own", rules) { page, bot in
            try await bot.say("42 scale 4 because the queue is long", in: .ops)
            try await page.card(is: .pending, bot)
            try await page.line("approve?", in: .lab, bot)
        }
        rules = TestRules()
        rules.rules[1] = TestRules.rule(
            "a lead, then an owner",
            env: "prod",
            needs: .approvals(
                ApprovalNeeds(entries: [
                    .init(from: "leads", count: 1, then: .init(after: .seconds(600), from: "owners"))
                ])
            )
        )
        try await story("a further group is asked", rules) { page, bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.clock.advance(by: .seconds(601))
            try await page.line("as well", bot)
            try await bot.untilShown(1)
            try await page.card(1, bot)
        }
        let zone = try #require(TimeZone(identifier: "Asia/Kolkata"))
        let day = [QuietHours(from: 0, to: 12 * 60, zone: zone), QuietHours(from: 12 * 60, to: 0, zone: zone)]
        rules = TestRules()
        rules.groupCalls["leads"] = GroupCalls(quiet: day.first { $0.contains(ManualClock().now) })
        try await story("everybody sleeps", rules) { page, bot in
            try await bot.say("42 scale 4", in: .ops)
            try await page.card(is: .pending, bot)
            try await page.word("quiet", bot)
        }
        rules = TestRules()
        rules.groups["leads"] = []
        try await story("nobody is there to approve", rules) { page, bot in
            try await page.type("42 scale 4", bot)
            try await page.card(is: .pending, bot)
        }
        try await story("the channel is closed to the bot") { page, bot in
            bot.chat.fail(.ops, .cannotPostHere("Invite me with `/invite @clusterbot`."))
            try await bot.say("42 scale 4", in: .ops)
            try await page.word("+4 nodes", bot)
        }
    }

    private mutating func turns() async throws {
        try await story("it waits for its turn, and for the cluster") { page, bot in
            let gate = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 image 77", in: .ops)
            try await gate.reached()
            try await bot.say("43 image 81", in: .ops)
            try await page.card(2, is: .ready, bot)
            gate.open()
            try await bot.until(2, is: .succeeded)
            try await bot.say("44 image 77", in: .ops)
            try await bot.until(3, isShown: .pending)
            bot.clusters.alter(44) { $0.status = "Updating" }
            try await bot.say("confirm 3", in: .ops)
            try await bot.until("it waits") { try await bot.change(3).busy != nil }
            try await page.card(3, is: .ready, bot)
        }
        try await story("it waits while its cluster is frozen, and before that it can be approved", .withClosing) {
            page,
            bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.say(#"freeze "release week" 42 for 5m"#, by: .bob, in: .ops)
            try await bot.until("its card says so") { try await bot.conversation(1).text.contains("is frozen") }
            try await page.card(is: .pending, bot)
            try await bot.say("approve 1", by: .bob)
            try await page.card(is: .ready, bot)
        }
        try await story("the cluster changed meanwhile") { page, bot in
            try await bot.say("42 scale 4 because the queue is long", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.clusters.alter(42) { $0.nodes = 10 }
            try await bot.say("approve 1", by: .bob)
            try await page.card(is: .superseded, bot)
            try await page.line("replaced", in: .log, bot)
            bot.clock.advance(by: .seconds(1))
            try await page.card(2, is: .pending, bot)
        }
        try await story("a restart is followed until it runs again") { page, bot in
            try await bot.say("43 restart workers", in: .ops)
            try await bot.until(1, is: .succeeded)
            bot.clusters.alter(43) { $0.status = "Restarting" }
            try await bot.until("it is seen") {
                bot.clock.advance(by: .seconds(30))
                return try await bot.conversation(1).text.contains("is Restarting")
            }
            try await page.card(1, bot)
            bot.clock.advance(by: .seconds(120))
            bot.clusters.alter(43) { $0.status = "Running" }
            try await bot.until("it runs again") {
                bot.clock.advance(by: .seconds(30))
                return try await bot.kinds(1).last == "followed"
            }
            try await page.line("Running again", bot)
            try await bot.untilShown(1)
            try await page.card(1, bot)
            try await page.type("show 1", bot)
        }
        try await story("it does not come back") { page, bot in
            try await bot.say("43 scale 1", in: .ops)
            try await bot.until(1, is: .succeeded)
            bot.clusters.alter(43) { $0.nodes = 8 }
            try await bot.until("the time is over") {
                bot.clock.advance(by: .seconds(60))
                return try await bot.kinds(1).last == "followed"
            }
            try await page.line("later", bot)
            try await bot.untilShown(1)
            try await page.card(1, bot)
        }
    }

    private mutating func failures() async throws {
        try await story("the API refuses it") { page, bot in
            bot.clusters.willAnswer(
                .refuse("The API refused it: “not enough nodes in Delhi”. Nothing changed."),
                on: 43
            )
            try await bot.say("43 scale 4", in: .ops)
            try await page.card(is: .failed, bot)
            try await page.line("failed", bot)
            try await page.line("failed", in: .log, bot)
        }
        try await story("it cannot be sent, or not be read") { page, bot in
            bot.clusters.willAnswer(.notSent("The cluster API could not be reached."), on: 43)
            try await bot.say("43 scale 4", in: .ops)
            try await page.card(is: .failed, bot)
            bot.clusters.set { $0.readProblems[42] = "The cluster API did not answer within 30 s." }
            try await bot.say("42 scale 4", in: .ops)
            try await page.card(2, is: .failed, bot)
            try await bot.say("53 image 99", in: .ops)
            try await page.card(3, is: .failed, bot)
        }
        try await story("no answer came, and a person settles it") { page, bot in
            bot.clusters.willAnswer(.unknownNotApplied, on: 43)
            try await bot.say("43 scale 4", in: .ops)
            try await page.card(is: .unknown, bot)
            try await page.line("unknown", bot)
            try await page.line("unknown", in: .log, bot)
            try await page.type("43 scale 4", bot)
            try await page.type("43 status", bot)
            try await page.type("resolve 1 failed I looked", bot)
            try await bot.click(.resolveFailed, on: 1, by: .bob)
            try await page.word("resolve", bot)
            try await page.type("resolve 1 failed 8 nodes in the dashboard", by: .bob, bot)
            try await page.card(is: .failed, bot)
            try await page.line("failed", bot)
            try await page.type("show 1", bot)
        }
        try await story("no answer came, and reading settles it") { page, bot in
            bot.clusters.willAnswer(.unknownApplied, on: 43)
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, isShown: .unknown)
            try await bot.until("it is settled") {
                bot.clock.advance(by: .seconds(60))
                return try await bot.change(1).state == .succeeded
            }
            try await page.card(is: .succeeded, bot)
            try await page.line("done", bot)
        }
        try await story("no answer came, and nothing was done") { page, bot in
            bot.clusters.willAnswer(.unknownNotApplied, on: 43)
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, isShown: .unknown)
            try await bot.until("it is settled") {
                bot.clock.advance(by: .seconds(60))
                return try await bot.change(1).state == .failed
            }
            try await page.card(is: .failed, bot)
        }
        try await story("no read can show it") { page, bot in
            bot.clusters.willAnswer(.unknownApplied, on: 43)
            try await bot.say("43 restart cluster", in: .ops)
            try await page.card(is: .unknown, bot)
            bot.clock.advance(by: .seconds(3600))
            try await page.line("still", bot)
            try await page.type("show 1", bot)
        }
    }

    private mutating func rulesThatChange() async throws {
        var more = TestRules()
        more.digest = "policy-2"
        more.rules[1] = TestRules.rule(
            "a lead and an owner agree",
            env: "prod",
            needs: TestRules.approvals(("leads", 1), ("owners", 1))
        )
        try await story("more is needed since the rules changed") { page, bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await Reload(context: bot.context).putInForce(more.rulebook, from: Self.file)
            try await page.line("since the rules changed", bot)
            try await bot.untilShown(1)
            try await page.card(1, bot)
            try await page.line("since the rules changed", in: .log, bot)
            try await page.type("history", bot)
        }
        try await story("it is forbidden since the rules changed") { page, bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let none = TestRules().changed { $0.rules.removeAll { $0.effect == .allow } }
            try await Reload(context: bot.context).putInForce(none, from: Self.file)
            try await page.card(is: .refused, bot)
            try await page.line("refused", bot)
        }
        try await story("an approval no longer counts") { page, bot in
            try await bot.say("45 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            let without = TestRules().changed { $0.groups["leads"] = ["cat", "dan"] }
            try await Reload(context: bot.context).putInForce(without, from: Self.file)
            try await page.line("no longer counts", bot)
        }
        try await story("an account that nobody lists asks again and again") { page, bot in
            for _ in 1...3 { try await page.type("42 scale 4", by: .zoe, bot) }
            bot.clock.advance(by: .seconds(61))
            try await page.line("like #1", in: .log, bot)
        }
    }

    private mutating func aRestoredStore() async throws {
        try await story("the store is older than it was") { page, bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.crash()
            let lost = HistoryHead(seq: 99, hash: String(repeating: "9", count: 64))
            let hold = StoreHold(remembered: lost, found: .start, noticedAt: bot.clock.now)
            try await bot.file.write { try #require($0 as? RowWriter).save(hold) }
            bot.restart()
            try await page.card(is: .refused, bot)
            try await page.line("older", in: .log, bot)
            try await page.type("43 scale 1", bot)
            let operations = Operations(context: bot.context, channel: nil)
            let answer = try await operations.release(by: Person.bob.account, reason: "compared with the clusters")
            page.add("bob: clusterbot release", Message(RichText(marked: answer.text)))
            try await page.type("history", bot)
        }
        try await story("the history channel knows more than the store") { page, bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.crash()
            let store = try await bot.file.read { try $0.identity().id }
            let foreign = HistoryHead(seq: 99, hash: String(repeating: "9", count: 64))
            bot.chat.plant(ToldHead(store: store, head: foreign), in: .log)
            bot.restart()
            try await page.card(is: .refused, bot)
            try await page.line("knows more", in: .log, bot)
            try await page.type("43 scale 1", bot)
        }
        var rules = TestRules.withClosing
        rules.freezes = [
            Freeze(
                name: "year end",
                clusters: nil,
                from: ManualClock.start + .seconds(7200),
                until: ManualClock.start + .seconds(10_800),
                source: .configuration
            )
        ]
        try await story("locks and freezes begin and end", rules) { page, bot in
            try await bot.say("42 lock \"benchmark\" --for 10m", by: .bob, in: .ops)
            try await page.line("locked", in: .log, bot)
            bot.clock.advance(by: .seconds(601))
            try await page.line("is over", in: .log, bot)
            try await bot.say("freeze \"release\" --for 10m 43", by: .bob, in: .ops)
            try await page.line("release", in: .log, bot)
            bot.clock.advance(by: .seconds(601))
            try await page.line("is over", in: .log, bot)
            bot.clock.advance(by: .seconds(3600))
            try await page.line("year end", in: .log, bot)
        }
    }

    @Test mutating func isRead() async throws {
        try await requests()
        try await calls()
        try await turns()
        try await failures()
        try await rulesThatChange()
        try await aRestoredStore()
        try page.check()
        // Whatever can become of a change stands on the page. What is on its way there is in the cards.
        #expect(Set(ChangeState.allCases).subtracting(seen.states) == [.preparing, .sending])
        #expect(Set(HistoryEntry.Kind.allCases.map(\.rawValue)).subtracting(seen.kinds) == [])
    }
}
