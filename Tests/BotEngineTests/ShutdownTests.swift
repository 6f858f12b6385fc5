import BotCore
import BotStore
import TestSupport
import Testing

@testable import BotEngine

@Suite("An orderly end", .timeLimit(.minutes(20)))
struct ShutdownTests {
    @Test func waitsForTheOutcomeOfWhatIsBeingSentAndBeginsNothingNew() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            try await bot.say("43 scale 2")
            try await bot.until(2, is: .ready)
            await bot.beginShutdown()
            let ended = EventWaiter(false)
            let end = Task {
                try await bot.waitForEnd()
                ended.update { $0 = true }
            }
            #expect(try await bot.states() == [.sending, .ready])
            #expect(!ended.state)
            gate.open()
            try await end.value
            #expect(try await bot.change(1).state == .succeeded)
            #expect(try await bot.change(1).howKnown == .answer)
            #expect(try await bot.change(2).state == .ready)

            bot.restart()
            try await bot.until(2, is: .succeeded)
        }
    }

    /// Its end would cut the sending off.
    @Test func doesNotBeginASendingWhoseClusterWasBeingRead() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            await bot.beginShutdown()
            while !bot.context.execution.isClosed { await Task.yield() }
            gate.open()
            try await bot.waitForEnd()
            #expect(try await bot.change(1).state == .ready)
            #expect(bot.clusters.sendings.isEmpty)
            bot.restart()
            try await bot.until(1, is: .succeeded)
        }
    }

    /// There may be millions of them, and whoever stops the service waits for it.
    @Test func doesNotForgetTheRestOfTheOldDeliveries() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            let (old, longAgo) = ((1000..<3500).map { "delivery \($0)" }, bot.clock.now + .seconds(-3 * 86_400))
            try await bot.file.write { writer in
                for key in old { try writer.remember(delivery: key, answer: "", at: longAgo) }
            }
            let gate = bot.store.holdNextWrite()
            let sweep = Task { try await Expiry(context: bot.context).sweep() }
            try await gate.reached()
            bot.context.execution.close()
            gate.open()
            try await sweep.value
            let left = try await bot.file.read { reader in
                try old.count { try reader.answer(toDelivery: $0) != nil }
            }
            // What had begun when the end came, and no more.
            #expect(left == 1500)
        }
    }

    /// Nobody may look at what is ready for as long as the service is down; so it is not, and a late start asks again.
    @Test func doesNotMakeReadyWhatIsFirstShownMeanwhile() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.chat.hold(.ops)
            try await bot.say("43 scale 4", in: .ops)
            try await gate.reached()
            await bot.beginShutdown()
            while !bot.context.execution.isClosed { await Task.yield() }
            gate.open()
            try await bot.waitForEnd()
            #expect(bot.chat.posts(in: .ops).count == 1)
            #expect(try await bot.states() == [.preparing])
            // The planner may have been about to look when the end began.
            _ = try await Planner(context: bot.context).loop.find()
            #expect(try await bot.states() == [.preparing])
            bot.restart()
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func stillTellsWhatWasPromised() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 43)
            #expect(try await bot.sayWhileReadsHang("43 status").hasPrefix("I am reading 43 dev-train."))
            try await gate.reached()
            await bot.beginShutdown()
            gate.open()
            try await bot.waitForEnd()
            #expect(bot.chat.told.map(\.account) == [Person.amy.account])
        }
    }

    /// Its sender was told that nothing was stored. The store may be full just then.
    @Test(arguments: [0, 3])
    func takesBackFirstWhatWasStoredTooLate(failures: Int) async throws {
        try await EngineHarness.run { bot in
            // The start is over, and nobody else writes.
            try await bot.say("53 image 77")
            try await bot.until(1, isShown: .succeeded)
            let gate = bot.store.holdNextCommit()
            let answer = Task { try await bot.type("43 scale 4") }
            try await gate.reached()
            bot.clock.advance(by: .milliseconds(2500))
            await #expect(throws: TooLate.self) { try await answer.value }
            await bot.beginShutdown()
            let ended = EventWaiter(false)
            let end = Task {
                try await bot.waitForEnd()
                ended.update { $0 = true }
            }
            // All else has ended: only the delivery is left.
            for _ in 0..<100 { await Task.yield() }
            #expect(!ended.state)
            bot.store.failNextWrites(failures, StoreError(.cannotWrite, "The store's disk is full."))
            gate.open()
            while !ended.state {
                bot.clock.advance(by: .seconds(1))
                await Task.yield()
            }
            try await end.value
            #expect(try await bot.states() == [.succeeded, .refused])
        }
    }
}
