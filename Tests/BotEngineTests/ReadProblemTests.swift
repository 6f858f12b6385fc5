import BotCore
import Testing

@testable import BotEngine

@Suite("A cluster that cannot be read", .timeLimit(.minutes(20)))
struct ReadProblemTests {
    private static let problem = "The API does not answer. Try again later."

    @Test(arguments: [(43, "nobody agrees to"), (44, "is confirmed")])
    func failsWhatNeedsTheReadAndNothingIsSent(_ cluster: Int, _ kind: String) async throws {
        try await EngineHarness.run { bot in
            bot.clusters.set { $0.readProblems[cluster] = Self.problem }
            try await bot.say("\(cluster) scale 4")
            try await bot.until(1, isShown: .failed)
            let change = try await bot.change(1)
            #expect(change.howKnown == .notSent)
            #expect(change.outcome == "The cluster could not be read, so nothing was sent. \(Self.problem)")
            #expect(bot.clusters.sendings.isEmpty)
            // The cluster is not closed over it.
            bot.clusters.set { $0.readProblems = [:] }
            try await bot.say("\(cluster) scale 4")
            try await bot.until("the next goes on") { [.pending, .succeeded].contains(try await bot.states().last) }
        }
    }

    @Test func failsAlsoWhatWasAgreedTo() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            bot.clusters.set { $0.readProblems[42] = Self.problem }
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .failed)
            #expect(try await bot.change(1).howKnown == .notSent)
        }
    }

    @Test func doesNotStopRestartsAndThePlanSaysSo() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.set { $0.readProblems[42] = Self.problem }
            try await bot.say("42 restart cluster")
            try await bot.until(1, isShown: .pending)
            #expect(
                try await bot.conversation(1).text.contains(
                    "⚠️ The cluster could not be read; this goes by what was typed."
                )
            )
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func isTheSameAsAnAddressThatIsNotThere() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 ip attach 10")
            try await bot.until(1, is: .failed)
            #expect(
                try await bot.change(1).outcome == "The project has no reserved IP 10. It has: 9."
            )
            #expect(try await bot.change(1).howKnown == .notSent)
        }
    }
}
