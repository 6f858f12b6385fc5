import BotCore
import Testing

@testable import BotEngine
@testable import BotStore

@Suite("A store that was restored from a backup", .timeLimit(.minutes(20)))
struct HeldStoreTests {
    private static let lost = HistoryHead(seq: 99, hash: String(repeating: "9", count: 64))

    /// Changes in every open state, then a start that finds the store older than it was.
    private func hold(_ bot: EngineHarness, isStarted: Bool = true) async throws {
        let sending = bot.clusters.holdSendings(to: 43)
        try await bot.say("43 scale 4")
        try await sending.reached()
        try await bot.say("43 scale 2")
        try await bot.until(2, is: .ready)
        try await bot.say("42 scale 4", in: .ops)
        try await bot.until(3, isShown: .pending)
        try await bot.crash()
        let hold = StoreHold(remembered: Self.lost, found: .start, noticedAt: bot.clock.now)
        try await bot.file.write { try #require($0 as? RowWriter).save(hold) }
        bot.restart(TestRules().rulebook, isRunning: isStarted)
    }

    /// Nothing is let go on before somebody has settled it, so that is when nobody must forget it.
    @Test func remindsOfWhatIsUnknown() async throws {
        try await EngineHarness.run { bot in
            try await hold(bot)
            try await bot.until(1, is: .unknown)
            let reads = bot.clusters.now.reads[43]
            bot.clock.advance(by: .seconds(3600))
            try await bot.until("it is told again") {
                try await bot.kinds(1).filter { $0 == "unknown" }.count == 2
            }
            #expect(bot.clusters.now.reads[43] == reads)
        }
    }

    @Test func sendsNothingUntilAPersonLetsItGoOn() async throws {
        try await EngineHarness.run { bot in
            try await hold(bot)
            try await bot.until(1, is: .unknown)
            #expect(try await bot.states() == [.unknown, .refused, .refused])
            #expect(try await bot.change(3).outcome?.contains("the store is older than it was") == true)
            #expect(try await bot.history().contains { $0["kind"]?.string == "restored" })
            let answer = try await bot.say("42 scale 1", in: .ops)
            #expect(answer.contains("refused") && answer.contains("clusterbot release"))
            #expect(try await bot.change(4).state == .refused)
            #expect(bot.clusters.sendings.map(\.change) == [1])
            // Who may not ask hears that first, and nothing of the store.
            let unasked = try await bot.say("42 scale 1", by: .eve, in: .ops)
            #expect(unasked.contains("refused") && !unasked.contains("clusterbot release"))

            let operations = Operations(context: bot.context, channel: nil)
            let stranger = try await operations.release(by: Person.zoe.account, reason: "r")
            #expect(!stranger.isDone)
            let refused = try await operations.release(by: Person.amy.account, reason: "r")
            #expect(!refused.isDone)
            #expect(refused.text.contains("release"))
            let early = try await operations.release(by: Person.bob.account, reason: "compared")
            #expect(!early.isDone)
            #expect(early.text.contains("First settle #1"))
            // Reads prove nothing while nobody knows what the store forgot.
            let reads = bot.clusters.now.reads[43]
            for _ in 0..<30 {
                bot.clock.advance(by: .seconds(60))
                for _ in 0..<20 { await Task.yield() }
            }
            #expect(bot.clusters.now.reads[43] == reads)
            #expect(try await bot.change(1).state == .unknown)
            try await bot.say("resolve 1 failed compared", by: .bob)
            let done = try await operations.release(by: Person.bob.account, reason: "compared")
            #expect(done.isDone)
            #expect(try await bot.file.read { try $0.hold() } == nil)
            let again = try await operations.release(by: Person.bob.account, reason: "compared")
            #expect(!again.isDone)
            try await bot.say("53 scale 1")
            try await bot.until(6, is: .succeeded)
        }
    }

    /// Nobody started the service between the backup and the release.
    @Test func isEmptiedAlsoIfItIsReleasedBeforeTheServiceRuns() async throws {
        try await EngineHarness.run { bot in
            try await hold(bot, isStarted: false)
            let operations = Operations(context: bot.context, channel: nil)
            let early = try await operations.release(by: Person.bob.account, reason: "compared")
            #expect(early.text.contains("First settle #1"))
            let settled = try await operations.resolve(
                1,
                succeeded: false,
                reason: "compared",
                by: Person.bob.account
            )
            #expect(settled.isDone)
            #expect(try await operations.release(by: Person.bob.account, reason: "compared").isDone)
            #expect(try await bot.states() == [.failed, .refused, .refused])
            bot.restart()
            try await bot.say("53 scale 1")
            try await bot.until(4, is: .succeeded)
            #expect(bot.clusters.sendings.map(\.change) == [1, 4])
        }
    }
}
