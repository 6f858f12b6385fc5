import BotCore
import Testing

@testable import BotEngine

@Suite("Order", .timeLimit(.minutes(20)))
struct OrderTests {
    @Test func oneAtATimeOnAClusterInTheOrderOfBecomingReady() async throws {
        try await EngineHarness.run { bot in
            for (number, command) in [(1, "42 sg add 3"), (2, "42 sg add 4"), (3, "42 sg add 5")] {
                try await bot.say(command)
                try await bot.until(number, isShown: .pending)
            }
            let gate = bot.clusters.holdSendings(to: 42)
            for number in [2, 3, 1] { try await bot.say("approve \(number)", by: .bob) }
            try await gate.reached()
            try await bot.goRound()
            #expect(try await bot.states().prefix(3) == [.ready, .sending, .ready])
            gate.open()
            try await bot.until("all are through") {
                try await bot.states().prefix(3) == [.succeeded, .succeeded, .succeeded]
            }
            #expect(bot.clusters.sendings.filter { $0.cluster == 42 }.map(\.change) == [2, 3, 1])
            #expect(bot.clusters.now.mostUnderWay[42] == 1)
        }
    }

    @Test func otherClustersDoNotWait() async throws {
        try await EngineHarness.run { bot in
            let gates = [bot.clusters.holdSendings(to: 43), bot.clusters.holdSendings(to: 53)]
            try await bot.say("43 scale 4")
            try await bot.say("53 scale 4")
            for gate in gates { try await gate.reached() }
            #expect(try await bot.states() == [.sending, .sending])
            for gate in gates { gate.open() }
            try await bot.until("both are through") { try await bot.states() == [.succeeded, .succeeded] }
        }
    }

    /// As many reads of one person hang as may at once, for plans that people are to see; its first message was posted, or
    /// that failed.
    @Test(arguments: [false, true])
    func whatNeedsNoPlanDoesNotWaitForReadsThatHang(isPostedLate: Bool) async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdReads(of: 42)
            for number in 1...9 { try await bot.type("42 scale \(number)", in: .room(number), pause: .zero) }
            try await bot.until("all that may are reading") { bot.clusters.now.reads[42] == 4 }
            if isPostedLate { bot.chat.failNext(.ops, .transient("connection refused")) }
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(10, isShown: .succeeded)
            #expect(bot.clusters.now.reads[42] == 4)
            #expect(try await bot.states().prefix(9).allSatisfy { $0 == .preparing })
            gate.open()
            try await bot.until("the others go on") { try await bot.states().prefix(9).allSatisfy { $0 == .pending } }
        }
    }

    /// A queue that needs nobody never drifts: each is planned on what the one before it left.
    @Test func whatNeedsNobodyIsPlannedWhenItsTurnComes() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            for (number, command) in [(2, "43 scale 2"), (3, "43 scale to 20")] {
                try await bot.say(command)
                try await bot.until(number, is: .ready)
            }
            #expect(try await bot.change(2).plan == nil)
            gate.open()
            try await bot.until(3, is: .succeeded)
            #expect(
                try await bot.changes().map(\.title) == [
                    "+4 nodes on dev-train, 8 → 12", "+2 nodes on dev-train, 12 → 14",
                    "+6 nodes on dev-train, 14 → 20",
                ]
            )
            #expect(bot.clusters.machine(43).nodes == 20)
        }
    }
}
