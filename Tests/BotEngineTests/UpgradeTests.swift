import BotCore
import BotStore
import TestSupport
import Testing

@testable import BotEngine

/// Killed under an earlier version with changes in every state, started under this one: none is lost, none is sent twice.
@Suite("A store that an earlier version left", .timeLimit(.minutes(20)))
struct UpgradeTests {
    private struct Left: CustomTestStringConvertible {
        let store: String
        /// How long after the clock's start it was left.
        let after: Duration
        let head: HistoryHead

        var testDescription: String { store }
    }

    /// The same with the tables of two versions: as their rows were at first, and with what came later.
    private static let stores = ["store-0001-every-state", "store-0008-every-state"].map { name in
        Left(
            store: name,
            after: .seconds(2724),
            head: HistoryHead(seq: 57, hash: "c73dff9818a7efca3aec54becd48d8dc5b214aa821248e437af42ffe3870bb3b")
        )
    }

    private static let states: [ChangeState] = [
        .succeeded, .failed, .failed, .denied, .cancelled, .refused, .expired, .failed, .succeeded, .superseded,
        // 11: a lead must agree; 12: one of two leads has agreed; 13: must be confirmed.
        .pending, .pending, .pending,
        // 14 was carried out, though nobody knows; 15 was agreed to and waits for the same cluster.
        .unknown, .ready,
        // 16 was being sent, and 17 waits behind it; 18 was only just asked for.
        .sending, .ready, .preparing,
    ]

    @Test(arguments: UpgradeTests.stores) private func goesOnWhereItWas(_ left: Left) async throws {
        try await EngineHarness.run(historyChannel: .log, isRunning: false, earlier: left.store) { bot in
            bot.clock.advance(by: left.after + .seconds(5))
            let before = try await bot.changes()
            #expect(before.map(\.state) == Self.states)
            #expect(try await bot.file.read { try $0.historyHead() } == left.head)
            bot.clusters.alter(42) { $0.nodes = 9 }
            for cluster in [43, 46] { bot.clusters.alter(cluster) { $0.nodes = 12 } }

            bot.start()
            // A delivery that comes again is answered as it was then.
            let again = try await bot.type("43 scale 4", key: "typed 1")
            #expect(again == Reply("#1 53 dev-two: add 4 nodes – I am on it.", isPrivate: false, .change(1)))
            // What may have left is unknown, what nobody had agreed to behind it is refused.
            try await bot.until(16, isShown: .unknown)
            #expect(try await bot.change(17).state == .refused)
            try await bot.until(18, isShown: .succeeded)
            // Each is agreed to as it was planned then.
            try await bot.say("approve 11", by: .bob)
            try await bot.say("approve 12", by: .cat)
            try await bot.say("confirm 13")
            for number in 11...13 {
                try await bot.until(number, isShown: .succeeded)
                #expect(try await bot.change(number).plan?.digest == before[number - 1].plan?.digest)
            }
            // Reads settle what is open, and what waited for that goes on.
            try await bot.until("they are read") { [43, 46].allSatisfy { bot.clusters.now.reads[$0] == 1 } }
            try await bot.goRound()
            bot.clock.advance(by: .seconds(60))
            for number in [14, 16] {
                try await bot.until(number, isShown: .succeeded)
                #expect(try await bot.change(number).howKnown == .readBack)
            }
            try await bot.until(15, isShown: .succeeded)

            let after = try await bot.changes()
            for (old, new) in zip(before, after) where old.state.isEnd { #expect(old == new) }
            let sent = bot.clusters.sendings.map(\.change).filter { $0 <= before.count }
            #expect(sent.sorted() == [11, 12, 13, 15, 18])
            #expect(
                try await bot.file.read { try $0.history(from: left.head.seq, limit: 1) }.first?.hash == left.head.hash
            )
            guard case .intact = try await HistoryVerifier(bot.file).verify() else {
                Issue.record("the history's chain is broken")
                return
            }
        }
    }
}
