import BotCore
import Testing

@testable import BotEngine

@Suite("A decision without a number", .timeLimit(.minutes(10)))
struct WhichChangeTests {
    /// Returns the words on the buttons of an answer.
    private func buttons(_ reply: Reply) -> [String] {
        (reply.message?.blocks ?? []).flatMap { block -> [String] in
            if case .buttons(let buttons) = block { buttons.map(\.label) } else { [] }
        }
    }

    @Test func showsWhatWaitsForThePersonWhoAsks() async throws {
        try await EngineHarness.run { bot async throws in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            try await bot.say("42 restart workers", by: .bob, in: .ops)
            try await bot.until(2, isShown: .pending)
            // Each sees what is theirs to decide, and nothing of it is decided by a button in this answer.
            for word in ["approve", "deny"] {
                let reply = try await bot.type(word, by: .bob)
                #expect(buttons(reply) == ["Show #1"], "\(reply.text)")
                #expect(reply.text.contains("#1 +4 nodes") && !reply.text.contains("#2"), "\(reply.text)")
                #expect(reply.text.contains("/cluster \(word) 1"), "\(reply.text)")
            }
            #expect(buttons(try await bot.type("cancel", by: .bob)) == ["Withdraw #2"])
            #expect(buttons(try await bot.type("withdraw")) == ["Withdraw #1"])
            #expect(buttons(try await bot.type("show")) == ["Show #1"])
            #expect(buttons(try await bot.type("show", by: .bob)) == ["Show #1", "Show #2"])
            // In a direct message nothing is decided, withdrawn neither.
            #expect(buttons(try await bot.type("cancel", by: .bob, in: .direct, isDirect: true)) == ["Show #2"])
            let reply = try await bot.type("cancel")
            try await bot.click("offer", value: try #require(reply.message?.button(.offer)).value, by: .amy)
            try await bot.until(1, is: .cancelled)
            #expect(try await bot.change(2).state == .pending)
        }
    }

    @Test func saysHowItIsTypedForOneAndForSeveral() async throws {
        try await EngineHarness.run { bot async throws in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.say("cancel").hasSuffix("Or type /cluster cancel 1"))
            #expect(try await bot.say("deny", by: .bob).hasSuffix("Or type /cluster deny 1 why"))
            #expect(try await bot.say("lgtm", by: .bob).hasSuffix("Or type /cluster approve 1"))
            try await bot.say("42 restart workers", in: .ops)
            try await bot.until(2, isShown: .pending)
            #expect(try await bot.say("cancel").hasSuffix("Or type /cluster cancel with a number"))
            #expect(try await bot.say("deny", by: .bob).hasSuffix("Or type /cluster deny with a number and why"))
            // Whoever agrees has approved nothing.
            #expect(try await bot.say("lgtm 1", by: .bob).contains("Did you mean /cluster show 1?"))
            #expect(try await bot.states() == [.pending, .pending])
        }
    }

    @Test func saysInOneSentenceThatNothingWaits() async throws {
        try await EngineHarness.run { bot async throws in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.say("approve") == "Nothing waits for your approval.")
            #expect(try await bot.say("deny") == "Nothing waits that you could deny.")
            #expect(try await bot.say("confirm", by: .bob) == "Nothing waits for your confirmation.")
            #expect(try await bot.say("cancel", by: .bob) == "You have no change that could be withdrawn.")
            #expect(try await bot.say("resolve", by: .bob) == "No outcome waits for your verdict.")
            #expect(try await bot.say("show", by: .eve) == "Nothing waits for you. history shows what was done.")
            // Whom nobody lists hears of no change.
            #expect(try await !bot.say("show", by: .zoe).contains("#1"))
        }
    }

    @Test func findsWhatThePersonHasToConfirm() async throws {
        try await EngineHarness.run { bot async throws in
            try await bot.say("44 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let reply = try await bot.type("confirm")
            #expect(buttons(reply) == ["Show #1"] && reply.text.contains("/cluster confirm 1"), "\(reply.text)")
            #expect(try await bot.say("confirm", by: .bob) == "Nothing waits for your confirmation.")
        }
    }
}
