import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("What is found being sent at a start", .timeLimit(.minutes(20)))
struct RecoveryTests {
    private static let lease = Duration.seconds(45)

    /// Stores a change as being sent under a fence that differs from the store's own, and looks for what is lost.
    /// - Returns: the change's state, before and after its lease is over.
    private func states(fence difference: Int) async throws -> [ChangeState] {
        var states: [ChangeState] = []
        try await EngineHarness.run(isRunning: false) { bot in
            let staged = StagedChange(bot: bot)
            let id = try await staged.agreed(by: .bob)
            try await staged.apply(.sendingBegan, to: id)
            let started = bot.clock.now
            try await bot.file.write { writer in
                try writer.insert(
                    Intent(
                        change: id,
                        bodyDigest: sha256Hex(try #require(try writer.change(id)?.plan?.call.body)),
                        before: "{}",
                        sendBy: started + .seconds(5),
                        leaseUntil: started + Self.lease,
                        fence: try writer.fence() + difference,
                        startedAt: started
                    )
                )
            }
            for wait in [.zero, Self.lease] {
                bot.clock.advance(by: wait)
                let context = bot.context
                try await bot.file.write {
                    try Recovery.endLostSendings(context.recorder($0), context.rulebook)
                }
                states.append(try await bot.change(id).state)
            }
        }
        return states
    }

    @Test func whatAnEarlierOwnerSentIsLostAtOnce() async throws {
        #expect(try await states(fence: -1) == [.unknown, .unknown])
    }

    @Test func whatItsOwnerMayStillBeSendingIsLostWhenItsLeaseIsOver() async throws {
        #expect(try await states(fence: 0) == [.sending, .unknown])
    }
}
