import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("The channel", .timeLimit(.minutes(20)))
struct ChannelTests {
    private static let hint = "Invite me with `/invite @clusterbot`."

    /// Nobody can be told of it: neither the channel nor whoever asked.
    @Test(arguments: [
        ChatProblem.cannotPostHere(hint), .permanent("token revoked"), .layoutRefused("invalid_blocks"),
    ])
    func thatCannotBeToldStartsNothingIfNobodyCan(_ problem: ChatProblem) async throws {
        try await EngineHarness.run { bot in
            bot.chat.fail(.ops, problem)
            bot.chat.failTelling(.transient("no way"))
            try await bot.say("43 scale 4", in: .ops)
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, is: .refused)
            try await bot.until(2, is: .refused)
            #expect(
                try await bot.change(1).outcome?.hasPrefix(
                    "I cannot post in this channel, so nobody there could see what happens."
                ) == true
            )
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    /// Whoever asked hears of it and of what came of it, at once, whatever the reason.
    @Test(arguments: [
        ChatProblem.cannotPostHere(hint), .permanent("token revoked"), .layoutRefused("invalid_blocks"),
    ])
    func thatCannotBeToldIsStoodInForByAPrivateWord(_ problem: ChatProblem) async throws {
        try await EngineHarness.run { bot in
            bot.chat.fail(.ops, problem)
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            try await bot.until("amy is told the result") {
                bot.chat.told.contains { $0.account == Person.amy.account && $0.text.contains("– done") }
            }
            #expect(bot.chat.told.first?.text.contains("Only you see this.") == true)
            // What waits for people says so to whoever asked, and not once more.
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(2, is: .pending)
            try await bot.until("amy is told that nobody can see it") {
                bot.chat.told.contains { $0.text.contains("#2") && $0.text.contains("Nobody can approve it before") }
            }
            #expect(try await bot.say("approve 2", by: .bob, in: .lab).hasPrefix("The card of #2 with its plan is not"))
            // Somebody mends it.
            bot.chat.fail(.ops, nil)
            bot.clock.advance(by: .seconds(61))
            try await bot.until(2, isShown: .pending)
            try await bot.say("approve 2", by: .bob, in: .lab)
            try await bot.until(2, isShown: .succeeded)
        }
    }

    /// Whether anybody can be told is still open when two seconds are over.
    @Test func thatRefusesIsNotPassedByWhileItIsOpenWhetherAnybodyCanBeTold() async throws {
        try await EngineHarness.run { bot in
            bot.chat.fail(.ops, .cannotPostHere(Self.hint))
            bot.chat.failTelling(.transient("no way"))
            let telling = bot.chat.holdTelling()
            try await bot.say("43 scale 4", in: .ops)
            try await telling.reached()
            // Another one in the same channel, which was not tried for it yet.
            try await bot.say("43 scale 2", in: .ops)
            bot.clock.advance(by: .seconds(3))
            try await bot.goRound()
            #expect(try await bot.states().prefix(2) == [.preparing, .preparing])
            telling.open()
            for number in 1...2 { try await bot.until(number, is: .refused) }
            #expect(bot.sendings(1).isEmpty && bot.sendings(2).isEmpty)
        }
    }

    /// A new process tries the channel before it passes anything by.
    @Test func thatRefusesIsTriedAfterAStartBeforeAnythingIsSent() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.chat.hold(.ops)
            try await bot.say("43 scale 4", in: .ops)
            try await gate.reached()
            bot.store.cutOff()
            try await bot.crash()
            bot.clock.advance(by: .seconds(10))
            bot.chat.fail(.ops, .cannotPostHere(Self.hint))
            bot.chat.failTelling(.transient("no way"))
            bot.restart()
            gate.open()
            try await bot.until(1, is: .refused)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    /// Decisions can be typed by what stands there.
    @Test func whoseLayoutIsRefusedSaysAllInPlainWords() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.chat.hold(.ops)
            try await bot.say("42 scale 4 --reason \"more room\"", in: .ops)
            try await gate.reached()
            try await bot.until(1, is: .pending)
            bot.chat.failNext(.ops, .layoutRefused("invalid_blocks"))
            gate.open()
            try await bot.until(1, isShown: .pending)
            let text = try await bot.conversation(1).text
            for part in [
                "+4 nodes on prod-train, 8 → 12", "Nodes cannot be removed", "more room", "or type /cluster approve 1",
            ] {
                #expect(text.contains(part), "\(part) is not in \(text)")
            }
            #expect(try await bot.say("approve 1", by: .bob, in: .lab).hasPrefix("Done: you approved #1"))
        }
    }

    @Test func whoseLayoutIsRefusedGetsPlainWords() async throws {
        try await EngineHarness.run { bot in
            bot.chat.failNext(.ops, .layoutRefused("invalid_blocks"))
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, isShown: .succeeded)
            #expect(bot.chat.told.isEmpty)
            let first = try #require(bot.chat.posts(in: .ops).first?.versions.first)
            #expect(first.blocks == [.text(first.summary)])
        }
    }

    /// The bot was thrown out of the channel: the history channel stands in, and whoever asked is told.
    @Test func inWhichTheBotMayNotPostIsStoodInForByTheHistoryChannel() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            bot.chat.fail(.ops, .cannotPostHere(Self.hint))
            bot.chat.failTelling(.transient("no way"))
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            try await bot.until("the history channel hears of it") {
                bot.chat.posts(in: .log).contains { $0.text.hasPrefix("This belongs in slack:T1/C0OPS") }
            }
            // Whoever asked is told what came of it, not only that it stands elsewhere.
            bot.chat.failTelling(nil)
            try await bot.say("43 scale 2", in: .ops)
            try await bot.until("amy is told the result") {
                bot.chat.told.contains { $0.text.contains("#2") && $0.text.contains("– done") }
            }
        }
    }

    /// It needs nobody, and a channel that only takes long holds nothing up.
    @Test func thatIsSlowIsPassedByAfterTwoSeconds() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.chat.hold(.ops)
            try await bot.say("43 scale 4", in: .ops)
            try await gate.reached()
            #expect(try await bot.change(1).state == .preparing)
            #expect(bot.clusters.sendings.isEmpty)
            bot.clock.advance(by: .milliseconds(2000))
            try await bot.until(1, is: .succeeded)
            gate.open()
            try await bot.until(1, isShown: .succeeded)
        }
    }

    @Test func thatIsDownIsToldLaterWhatWasDoneAllTheSame() async throws {
        try await EngineHarness.run { bot in
            bot.chat.fail(.ops, .transient("connection refused"))
            try await bot.say("43 sg add 3", in: .ops)
            try await bot.until(1, is: .succeeded)
            #expect(bot.chat.posts.isEmpty)
            bot.chat.fail(.ops, nil)
            bot.clock.advance(by: .seconds(300))
            try await bot.until("it is told") { bot.chat.posts.count == 1 }
            try await bot.untilShown(1)
            #expect(bot.chat.posts[0].versions.count == 1)
            #expect(bot.chat.posts[0].text.contains("– done"))
        }
    }

    /// The message is there, but nobody heard of it: it comes a second time and says that it is the same.
    @Test func thatGetsAMessageTwiceCanTell() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let gate = bot.chat.hold(.log)
            try await bot.say("deny 1 no", by: .bob)
            try await gate.reached()
            bot.store.cutOff()
            try await bot.crash()
            bot.restart()
            try await bot.until("it is posted again") { bot.chat.posts(in: .log).count == 2 }
            try await bot.untilShown(1)
            let seq = try #require(try await bot.change(1).recorded?.seq)
            let identities = bot.chat.posts(in: .log).map { $0.versions[0].identity?.description }
            #expect(identities == ["change-1-entry-\(seq)", "change-1-entry-\(seq)"])
            let shown = bot.chat.posts(in: .ops)[0].versions.compactMap { $0.identity?.description }
            #expect(shown.last == "change-1-revision-\(try await bot.change(1).revision)")
        }
    }

    /// The change was over while its card was on its way.
    @Test func thatIsTheHistoryChannelHearsOnceHowItEnded() async throws {
        try await EngineHarness.run(historyChannel: .ops) { bot in
            let gate = bot.chat.hold(.ops)
            try await bot.say("42 scale 4", in: .ops)
            try await gate.reached()
            try await bot.say("cancel 1", in: .ops)
            try await bot.until(1, is: .cancelled)
            gate.open()
            try await bot.untilShown(1)
            try await bot.until("all is told") {
                try await bot.file.read { try $0.posts(of: 1).allSatisfy { $0.posted >= $0.wanted } }
            }
            let texts = bot.chat.posts(in: .ops).map(\.text)
            #expect(texts.count == 2, "\(texts)")
        }
    }

    /// The platform took a message and its answer got lost: it is said again, recognisably, and the change goes its way.
    @Test func thatHearsTwiceHearsTheSameNumber() async throws {
        try await EngineHarness.run { bot in
            bot.chat.swallowNextAnswers(1, .ops)
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, isShown: .succeeded)
            let cards = bot.chat.posts(in: .ops).filter(\.isCard)
            #expect(cards.count == 2)
            let identities = cards.map { $0.versions[0].identity?.description }
            // The second may tell more.
            #expect(identities.last == "change-1-revision-2")
            #expect(["change-1-revision-1", "change-1-revision-2"].contains(identities.first))
            #expect(try await bot.conversation(1).id == cards.last?.id)
            #expect(bot.sendings(1).count == 1)
        }
    }

    /// Whatever it answers, what is to be done is done, once, and told in the end.
    @Test(arguments: [
        ChatProblem.transient("503"), .transient("timeout"), .rateLimited(.seconds(30)), .permanent("token revoked"),
    ])
    func thatFailsDoesNotKeepAChangeFromItsWay(_ problem: ChatProblem) async throws {
        try await EngineHarness.run { bot in
            bot.chat.fail(.ops, problem)
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.kinds(1) == ["requested", "planned", "sending", "succeeded"])
            bot.chat.fail(.ops, nil)
            bot.clock.advance(by: .seconds(300))
            try await bot.until(1, isShown: .succeeded)
            #expect(bot.chat.posts(in: .ops).count == 1)
            #expect(bot.sendings(1).count == 1)
        }
    }

    /// Soon again while it is down; less often when only a person can help, but after a time less and less, too.
    @Test(arguments: [
        (ChatProblem.transient("connection refused"), [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]),
        (.permanent("token revoked"), Array(repeating: 60, count: 11) + [120, 240, 480, 960, 1920, 3600, 3600]),
        (.cannotPostHere(hint), Array(repeating: 60, count: 11) + [120, 240, 480, 960, 1920, 3600, 3600]),
    ])
    func isTriedEverMoreSeldom(_ problem: ChatProblem, _ pauses: [Int]) async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 sg add 3", in: .ops)
            try await gate.reached()
            try await bot.until("it is told") { bot.chat.posts(in: .ops).count == 1 }
            try await bot.until(1, isShown: .sending)
            bot.chat.fail(.ops, problem)
            gate.open()
            try await bot.until(1, is: .succeeded)
            try await bot.until("try 1") {
                try await bot.file.read { try $0.post(change: 1, place: .conversation)?.tries } == 1
            }
            for seconds in pauses {
                let row = try #require(try await bot.file.read { try $0.post(change: 1, place: .conversation) })
                #expect(row.nextTry - (bot.chat.calls(.ops).last ?? bot.clock.now) == .seconds(seconds))
                bot.clock.advance(by: row.nextTry - bot.clock.now)
                try await bot.until("try \(row.tries + 1)") {
                    try await bot.file.read { try $0.post(change: 1, place: .conversation)?.tries } == row.tries + 1
                }
            }
            bot.chat.fail(.ops, nil)
            bot.clock.advance(by: .seconds(3600))
            try await bot.untilShown(1)
        }
    }

    @Test func thatIsGoneLaterIsReplacedByTheHistoryChannelWhichSaysSo() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.chat.fail(.ops, .cannotPostHere(Self.hint))
            try await bot.say("approve 1", by: .bob, in: .lab)
            try await bot.until(1, is: .succeeded)
            let note = "This belongs in slack:T1/C0OPS, where I may not post (any more)."
            try await bot.until("the result is told in the history channel") {
                bot.chat.posts(in: .log).contains { $0.text.hasPrefix(note) && $0.text.contains("– done") }
            }
            // The entry's own post is there besides, without the note.
            try await bot.until("the entry is told") {
                bot.chat.posts(in: .log).contains {
                    $0.text.hasPrefix("✅ #1 done: +4 nodes on prod-train, 8 → 12.")
                }
            }
        }
    }

    @Test func thatIsGoneWithoutAHistoryChannelIsTriedAgain() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.chat.fail(.ops, .cannotPostHere(Self.hint))
            try await bot.say("approve 1", by: .bob, in: .lab)
            try await bot.until(1, is: .succeeded)
            bot.chat.fail(.ops, nil)
            bot.clock.advance(by: .seconds(60))
            try await bot.until("it is shown") {
                try await bot.conversation(1).text.contains("– done")
            }
        }
    }

    @Test func thatThePlatformRefusesForGoodIsTriedOnceAMinute() async throws {
        try await EngineHarness.run { bot in
            bot.chat.fail(.ops, .permanent("token revoked"))
            try await bot.say("43 sg add 3", in: .ops)
            try await bot.until(1, is: .succeeded)
            for _ in 0..<10 {
                bot.clock.advance(by: .seconds(5))
                try await bot.goRound()
            }
            // At first, and again with the result.
            #expect(bot.chat.calls(.ops).count <= 3)
            bot.chat.fail(.ops, nil)
            bot.clock.advance(by: .seconds(60))
            try await bot.untilShown(1)
        }
    }

    /// Each result is a message of its own there, and says the place of its entry.
    @Test func forTheHistoryGetsANewMessageForEveryResult() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            bot.clusters.willAnswer(.unknownApplied, on: 43)
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .unknown)
            try await bot.say("resolve 1 succeeded looked", by: .bob, in: .ops)
            try await bot.say("42 scale 1", by: .eve, in: .ops)
            try await bot.until("three results") { bot.chat.posts(in: .log).count == 3 }
            let entries = try await bot.file.read { try $0.history(from: 1, limit: 100) }
            let results = entries.filter { $0.entry.contains(/"kind":"(unknown|settled|refused)"/) }
            // In turn between people, so not in their order.
            #expect(
                Set(bot.chat.posts(in: .log).map { String($0.text.suffix(18)) })
                    == Set(results.map(\.head.short).map { String($0.suffix(18)) })
            )
            #expect(
                bot.chat.posts(in: .log).map(\.text).contains {
                    $0.contains("⛔ #2 refused: +1 node on prod-train. No rule allows eve")
                }
            )
        }
    }
}
