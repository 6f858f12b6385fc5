import BotCore
import BotStore
import Foundation
import Testing

@testable import BotEngine

@Suite("What the history channel remembers", .timeLimit(.minutes(20)))
struct RememberingTests {
    private static let foreign = HistoryHead(seq: 99, hash: String(repeating: "9", count: 64))

    @Test func everyPostInItCarriesTheEndOfTheHistory() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            try await bot.until("it is told") { !bot.chat.posts(in: .log).isEmpty }
            await HistoryChannelNotice(context: bot.context).post("A token ends soon.")
            let store = try await bot.file.read { try $0.identity().id }
            for post in bot.chat.posts(in: .log) {
                let told = try #require(post.versions[0].head)
                #expect(told.store == store)
                #expect(try await bot.file.read { try $0.has(told.head) })
                #expect(!post.text.contains(told.head.hash))
            }
            #expect(bot.chat.posts(in: .log).count == 2)
            #expect(bot.chat.posts(in: .ops).allSatisfy { $0.versions[0].head == nil })
        }
    }

    /// It may be a copy that tells this, and what it tells must not hold the store that goes on.
    @Test(arguments: [ChannelStanding.isBeingRead, .isAwaited("It does not answer."), .isPassed])
    func whatIsToldBeforeItWasReadHoldsNobody(standing: ChannelStanding) async throws {
        try await EngineHarness.run(historyChannel: .log, isRunning: false) { bot in
            bot.context.channelStanding = standing
            await HistoryChannelNotice(context: bot.context).post("A token ends soon.")
            #expect(bot.chat.posts(in: .log).first?.versions[0].head?.isHeld == (standing != .isPassed))
        }
    }

    @Test func aSnapshotThatIsPutBackSendsNothingTwice() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("42 restart workers", in: .ops)
            try await bot.until(1, isShown: .pending)
            let snapshot = try await bot.snapshot()
            bot.restart()
            try await bot.say("approve 1", by: .bob, in: .ops)
            try await bot.until(1, is: .succeeded)
            try await bot.until("it is told") { bot.chat.posts(in: .log).count == 1 }

            try await bot.putBack(snapshot)
            bot.restart()
            try await bot.until("the store is held") { try await bot.file.read { try $0.hold() } != nil }
            let hold = try #require(try await bot.file.read { try $0.hold() })
            #expect(hold.fork?.channel == .log)
            #expect(hold.found.seq < hold.remembered.seq)
            try await bot.until(1, is: .refused)
            #expect(try await bot.change(1).outcome?.contains("the history channel knows more than the store") == true)
            #expect(try await bot.say("approve 1", by: .bob, in: .ops).contains("refused"))
            #expect(try await bot.say("43 scale 4", in: .ops).contains("clusterbot release"))
            try await bot.until("the channel hears of it") {
                bot.chat.posts(in: .log).contains { $0.text.hasPrefix("⏸ Nothing is sent:") }
            }
            let told = bot.chat.posts(in: .log).filter { $0.text.hasPrefix("⏸ Nothing is sent:") }
            #expect(told.allSatisfy { $0.versions[0].head?.isHeld == true })
            #expect(try await bot.history().contains { $0["kind"]?.string == "held" })

            let operations = Operations(context: bot.context, channel: nil)
            let answer = try await operations.release(by: Person.bob.account, reason: "compared")
            #expect(answer.isDone, "\(answer.text)")
            let entries = try await bot.history()
            let released = try #require(entries.last { $0["kind"]?.string == "released" })
            #expect(released["detail"]?["remembered"]?.string == hold.fork?.head.short)
            try await bot.until("the channel hears of it") {
                bot.chat.posts(in: .log).contains {
                    $0.text.hasPrefix("▶️ bob lets changes be sent again") && $0.text.contains("compared")
                }
            }
            // What was accepted never holds it again.
            for _ in 0..<2 {
                let readings = bot.chat.readings
                try await bot.crash()
                bot.restart()
                try await bot.until("it was read back") { bot.chat.readings > readings }
                try await bot.say("53 scale 1", in: .ops)
                let last = try #require(try await bot.changes().last)
                try await bot.until(last.id, is: .succeeded)
                #expect(try await bot.file.read { try $0.hold() } == nil)
            }
            #expect(bot.clusters.sendings.filter { $0.cluster == 42 }.count == 1)
        }
    }

    /// A post from the branch that was put back fits the store, and must not hide the others.
    @Test func aNewPostOfThePutBackStoreHidesNothing() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            try await bot.until("it is told") { bot.chat.posts(in: .log).count == 1 }
            let snapshot = try await bot.snapshot()
            bot.restart()
            try await bot.say("43 scale 2", in: .ops)
            try await bot.until("it is told") { bot.chat.posts(in: .log).contains { $0.text.contains("+2 nodes on") } }
            try await bot.putBack(snapshot)
            #expect(try await !bot.file.read { try $0.isSuspect() })
            // The channel does not answer, so the service goes on, and tells of what it does.
            bot.chat.failReading(.noAnswer("Slack is down."))
            bot.restart()
            try await bot.goesOnWithoutAnAnswer()
            try await bot.say("53 scale 4", in: .ops)
            try await bot.until("it is told") { bot.chat.posts(in: .log).contains { $0.text.contains("on dev-two") } }
            #expect(try await bot.file.read { try $0.hold() } == nil)
            bot.chat.failReading(nil)
            try await bot.crash()
            bot.restart()
            try await bot.until("the store is held") { try await bot.file.read { try $0.hold() } != nil }
        }
    }

    /// A copy that is used elsewhere is noticed while the service runs.
    @Test func isReadAgainWhileTheServiceRuns() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.until("it was read back") { bot.chat.readings > 0 }
            let store = try await bot.file.read { try $0.identity().id }
            bot.chat.plant(ToldHead(store: store, head: Self.foreign), in: .log)
            let before = bot.chat.readings
            try await bot.until("it is read again", passing: 60) {
                if bot.chat.readings > before { return true }
                bot.clock.advance(by: .seconds(60))
                return false
            }
            try await bot.until("the store is held") {
                try await bot.file.read { try $0.hold()?.fork?.head } == Self.foreign
            }
            try await bot.until(1, is: .refused)
        }
    }

    /// A drill: the copy is held and says so in the same channel, which must not hold the service that goes on.
    @Test func whatAHeldCopyTellsHoldsNobody() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            let store = try await bot.file.read { try $0.identity().id }
            bot.chat.plant(ToldHead(store: store, head: Self.foreign, isHeld: true), in: .log)
            try await bot.readsAgain()
            try await bot.say("53 scale 4", in: .ops)
            try await bot.until(2, is: .succeeded)
            #expect(try await bot.file.read { try $0.hold() } == nil)
        }
    }

    /// A request that had left when the hold was found: what came of it must hold the copies, too.
    @Test func whatWasBeingSentIsToldToTheCopies() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            let sending = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 scale 4", in: .ops)
            try await sending.reached()
            let store = try await bot.file.read { try $0.identity().id }
            bot.chat.plant(ToldHead(store: store, head: Self.foreign), in: .log)
            try await bot.readsAgain()
            try await bot.until("the store is held") { try await bot.file.read { try $0.hold() } != nil }
            bot.clusters.openAllGates()
            try await bot.until(1, is: .succeeded)
            try await bot.until("both are told") {
                let told = bot.chat.posts(in: .log)
                return told.contains { $0.text.hasPrefix("⏸") && $0.versions[0].head?.isHeld == true }
                    && told.contains { $0.text.contains("#1 done") && $0.versions[0].head?.isHeld == false }
            }
        }
    }

    @Test func theStoreOfAnotherServiceHoldsNobody() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            let other = String(repeating: "a", count: 32)
            try await bot.until("it was read back") { bot.chat.readings > 0 }
            bot.chat.plant(ToldHead(store: other, head: Self.foreign), in: .log)
            try await bot.crash()
            bot.restart()
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.file.read { try $0.hold() } == nil)
        }
    }

    /// An entry that the store has, but otherwise.
    @Test func anotherEntryOfTheSameNumberHoldsTheStore() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            let store = try await bot.file.read { try $0.identity().id }
            let twin = HistoryHead(seq: 1, hash: Self.foreign.hash)
            bot.chat.plant(ToldHead(store: store, head: twin), in: .log)
            try await bot.crash()
            bot.restart()
            try await bot.until("the store is held") { try await bot.file.read { try $0.hold()?.fork?.head } == twin }
            #expect(try await bot.file.read { try $0.hold() }?.sentence.contains("another entry 1") == true)
        }
    }

    /// What the channel of before remembers is not compared any more, so everybody sees that it is another one.
    @Test func anotherHistoryChannelIsAnEntry() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            try await bot.crash()
            try await bot.file.write { try $0.setHistoryChannels([.ops]) }
            bot.restart()
            try await bot.until("it is told") {
                bot.chat.posts(in: .log).contains {
                    $0.text.contains(
                        "The history is told in slack:T1/C0LOG from now on. Before, it was told in slack:T1/C0OPS."
                    )
                }
            }
            #expect(try await bot.history().last?["kind"]?.string == "reloaded")
            try await bot.crash()
            bot.restart()
            try await bot.say("53 scale 4", in: .ops)
            try await bot.until(2, is: .succeeded)
            #expect(try await bot.history().filter { $0["kind"]?.string == "reloaded" }.count == 1)
        }
    }

    // MARK: The chat is part of nobody's downtime

    @Test func nothingIsSentBeforeItAnsweredOrAMinuteHasPassed() async throws {
        try await EngineHarness.run(historyChannel: .log, isRunning: false) { bot in
            bot.chat.failReading(.noAnswer("Slack is down."))
            bot.start()
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .ready)
            try await bot.goesOnWithoutAnAnswer()
            try await bot.say("53 scale 4", in: .ops)
            try await bot.until("it goes on all the same") { bot.clusters.sendings.contains { $0.change == 2 } }
            // It is asked again each minute, and what it tells then counts.
            let store = try await bot.file.read { try $0.identity().id }
            bot.chat.plant(ToldHead(store: store, head: Self.foreign), in: .log)
            bot.chat.failReading(nil)
            try await bot.readsAgain()
            try await bot.until("the store is held") { try await bot.file.read { try $0.hold() } != nil }
        }
    }

    @Test func aCopyOfTheFileWaitsForAnAnswer() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            let snapshot = try await bot.snapshot()
            bot.chat.failReading(.noAnswer("Slack is down."))
            try await bot.putBack(snapshot, isCopy: true)
            #expect(try await bot.file.read { try $0.isSuspect() })
            bot.restart()
            try await bot.say("43 scale 2", in: .ops)
            try await bot.until("the minute is over", passing: 120) {
                if case .isAwaited = bot.context.channelStanding { return true }
                bot.clock.advance(by: .seconds(1))
                return false
            }
            #expect(try await bot.say("53 scale 2", in: .ops).contains("the history channel, which would tell"))
            // A restart makes it no less suspect.
            try await bot.crash()
            bot.restart()
            try await bot.until("the minute is over", passing: 120) {
                if case .isAwaited = bot.context.channelStanding { return true }
                bot.clock.advance(by: .seconds(1))
                return false
            }
            #expect(try await bot.say("53 scale 2", in: .ops).contains("Slack is down."))
            // Nothing is told there either: what a copy tells would hold the others.
            let refused = try #require(try await bot.changes().last).id
            for _ in 0..<5 {
                bot.clock.advance(by: .seconds(1))
                try await bot.file.write { _ in }
            }
            #expect(!bot.chat.posts(in: .log).contains { $0.text.contains("#\(refused) ") })
            #expect(bot.clusters.sendings.map(\.change) == [1])
            #expect(try await bot.file.read { try $0.hold() } == nil)
            bot.chat.failReading(nil)
            bot.clock.advance(by: .seconds(61))
            try await bot.until("the channel answered") { bot.context.channelStanding == .isPassed }
            try await bot.until("what waited is told") {
                bot.chat.posts(in: .log).contains { $0.text.contains("#\(refused) ") }
            }
            try await bot.say("53 scale 3", in: .ops)
            try await bot.until("a new change is sent") { bot.clusters.sendings.contains { $0.cluster == 53 } }
        }
    }

    /// Where the channel stays silent, somebody who has compared can let it go on.
    @Test func aCopyCanBeReleasedWithoutAnAnswer() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let snapshot = try await bot.snapshot()
            bot.chat.failReading(.noAnswer("Slack is down."))
            try await bot.putBack(snapshot, isCopy: true)
            bot.restart()
            try await bot.until("the minute is over", passing: 120) {
                if case .isAwaited = bot.context.channelStanding { return true }
                bot.clock.advance(by: .seconds(1))
                return false
            }
            let operations = Operations(context: bot.context, channel: nil)
            #expect(try await !operations.release(by: Person.amy.account, reason: "compared").isDone)
            #expect(bot.context.isHeldBack)
            let answer = try await operations.release(by: Person.bob.account, reason: "compared")
            #expect(answer.isDone, "\(answer.text)")
            // What was open ends as after a restored backup.
            #expect(try await bot.change(1).state == .refused)
            try await bot.say("53 scale 2", in: .ops)
            try await bot.until(2, is: .succeeded)
        }
    }

    /// An answer that says nothing of the channel will be the same in a second: a plain restart goes on, with a warning.
    @Test func anAnswerThatCannotBeUsedIsNotWaitedFor() async throws {
        try await EngineHarness.run(historyChannel: .log, isRunning: false) { bot in
            bot.chat.failReading(.unusable("Invite me."))
            bot.start()
            let begin = bot.clock.uptime
            try await bot.until("it goes on") { bot.context.channelStanding == .isPassed }
            #expect(bot.clock.uptime - begin < .seconds(10))
            try await bot.crash()
            try await bot.file.write { try $0.setSuspect(true) }
            bot.restart()
            try await bot.until("a copy does not") { bot.context.isHeldBack }
            #expect(try await bot.say("53 scale 2", in: .ops).contains("Invite me."))
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    @Test func withoutTheRightToReadItIsOff() async throws {
        try await EngineHarness.run(historyChannel: .log, isRunning: false) { bot in
            bot.chat.failReading(.notAllowed("Give the app the scope."))
            bot.start()
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
        }
    }

    /// Nobody can have compared what is found only when they let it go on.
    @Test func aReleaseWithoutAHoldAcceptsNothing() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            let store = try await bot.file.read { try $0.identity().id }
            bot.chat.plant(ToldHead(store: store, head: Self.foreign), in: .log)
            let operations = Operations(context: bot.context, channel: nil)
            #expect(try await !operations.release(by: Person.bob.account, reason: "compared").isDone)
            #expect(try await !bot.file.read { try $0.isReleased(Self.foreign) })
            try await bot.readsAgain()
            try await bot.until("the store is held") { try await bot.file.read { try $0.hold() } != nil }
        }
    }

    /// The other copy went on until it was stopped: a release accepts what it told until then.
    @Test func aReleaseAcceptsWhatWasToldMeanwhile() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            let store = try await bot.file.read { try $0.identity().id }
            bot.chat.plant(ToldHead(store: store, head: Self.foreign), in: .log)
            try await bot.readsAgain()
            try await bot.until("the store is held") { try await bot.file.read { try $0.hold() } != nil }
            let later = HistoryHead(seq: 104, hash: String(repeating: "8", count: 64))
            bot.chat.plant(ToldHead(store: store, head: later), in: .log)
            try await bot.readsAgain()
            try await bot.until("it was read again") { try await bot.file.read { try $0.hold()?.fork?.head } == later }
            #expect(try await bot.file.read { try $0.hold() }?.sentence.contains("104 there") == true)
            let last = HistoryHead(seq: 106, hash: String(repeating: "7", count: 64))
            bot.chat.plant(ToldHead(store: store, head: last), in: .log)
            let operations = Operations(context: bot.context, channel: nil)
            let answer = try await operations.release(by: Person.bob.account, reason: "compared")
            #expect(answer.isDone, "\(answer.text)")
            #expect(try await bot.file.read { try $0.isReleased(last) })
            try await bot.crash()
            let readings = bot.chat.readings
            bot.restart()
            try await bot.until("it was read back") { bot.chat.readings > readings }
            try await bot.say("53 scale 1", in: .ops)
            let newest = try #require(try await bot.changes().last)
            try await bot.until(newest.id, is: .succeeded)
        }
    }
}

extension EngineHarness {
    /// Lets the minute pass for which an answer is waited for, and sees that it takes no less.
    fileprivate func goesOnWithoutAnAnswer() async throws {
        let (begin, before) = (clock.uptime, clusters.sendings.count)
        try await until("it goes on without an answer", passing: 120) {
            let sent = clusters.sendings.count
            if context.channelStanding == .isPassed { return true }
            #expect(sent == before)
            clock.advance(by: .seconds(1))
            return false
        }
        #expect(clock.uptime - begin >= .seconds(55))
    }

    /// Has the channel read once more.
    fileprivate func readsAgain() async throws {
        let before = chat.readings
        context.comparing.ring()
        try await until("it is read again") { chat.readings > before }
    }
}
