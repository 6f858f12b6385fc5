import BotCore
import Testing

@testable import BotEngine

/// Requests that need a reason, by `reason` of the configuration.
@Suite("A reason that is required", .timeLimit(.minutes(5)))
struct RequiredReasonTests {
    private func run(
        pattern: String?,
        _ body: @escaping @Sendable (EngineHarness) async throws -> Void
    ) async throws {
        var rules = TestRules()
        rules.reasons = ReasonNeeds(required: ["restart_cluster"], pattern: pattern)
        try await EngineHarness.run(rules, body)
    }

    @Test func isAskedForAndNothingIsStored() async throws {
        try await run(pattern: nil) { bot in
            #expect(
                try await bot.say("43 restart cluster")
                    == "restart dev-train, controller and all nodes needs a reason. Nothing was done. "
                    + "Type it again with one: /cluster 43 restart cluster --reason \"…\""
            )
            #expect(try await bot.states() == [])
            // Other actions need none.
            try await bot.say("43 restart workers")
            try await bot.say("43 restart cluster because the driver is new")
            try await bot.until(2, is: .succeeded)
        }
    }

    @Test(arguments: [("the driver is new", false), ("OPS-17: the driver is new", true), ("see ops-17", false)])
    func mustContainWhatIsAskedFor(reason: String, isEnough: Bool) async throws {
        try await run(pattern: #"[A-Z]+-\d+"#) { bot in
            let answer = try await bot.say("43 restart cluster because \(reason)")
            #expect(answer.contains(#"needs a reason in which [A-Z]+-\d+ is found"#) != isEnough, "\(answer)")
            #expect(try await bot.states().isEmpty != isEnough)
        }
    }

    /// Rights come first: nobody is asked for the reason of what they may not do.
    @Test func isNotAskedOfThoseWhoMayNot() async throws {
        try await run(pattern: nil) { bot in
            let answer = try await bot.say("43 restart cluster", by: .eve)
            #expect(!answer.contains("needs a reason"), "\(answer)")
            #expect(try await bot.states() == [.refused])
        }
    }

    @Test func isNamedByWhy() async throws {
        try await run(pattern: nil) { bot in
            let answer = try await bot.say("why 43 restart cluster")
            #expect(answer.hasSuffix(" It needs a reason."), "\(answer)")
        }
    }
}
