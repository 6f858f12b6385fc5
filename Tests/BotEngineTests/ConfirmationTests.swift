import BotCore
import Testing

@testable import BotEngine

@Suite("A change that its requester confirms", .timeLimit(.minutes(20)))
struct ConfirmationTests {
    @Test func showsItsPlanAndIsSentOnceWhenConfirmed() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("44 scale 4 --reason \"more room\"")
            try await bot.until(1, isShown: .pending)
            let expiry = try #require(try await bot.change(1).expiresAt)
            let planned = try await bot.entries(1).last?["at"]?.string
            #expect(planned == Timestamp(milliseconds: expiry.milliseconds - 1_800_000).description)
            #expect(
                try await bot.conversation(1).text == """
                    🖐 amy, please confirm: +4 nodes on lab, 8 → 12
                    ⚠️ +1,650 INR an hour, 412.50 INR a node.
                    ⚠️ Nodes cannot be removed from chat.
                    > amy: “more room”
                    [Add 4 nodes] [Withdraw]
                    #1 · asked by amy · until \(expiry.readable) · rule “confirm in the lab” · or type /cluster confirm 1
                    """
            )
            #expect(bot.clusters.sendings.isEmpty)

            try await bot.click(.confirm, on: 1, by: .amy)
            try await bot.until(1, isShown: .succeeded)
            #expect(bot.sendings(1).count == 1)
            #expect(try await bot.conversation(1).text.contains("confirmed by amy"))
            #expect(try await bot.kinds(1) == ["requested", "planned", "confirmed", "sending", "succeeded"])
        }
    }

    @Test func isConfirmedByNobodyElse() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("44 scale 4")
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.say("confirm 1", by: .bob) == "Only amy, who asked for #1, can confirm it.")
            try await bot.click(.confirm, on: 1, by: .cat)
            try await bot.until("cat is told") { bot.chat.told.contains { $0.account == Person.cat.account } }
            #expect(bot.chat.told.map(\.text) == ["Only amy, who asked for #1, can confirm it."])
            #expect(try await bot.say("approve 1", by: .bob).contains("you are in none of these groups"))
            #expect(try await bot.approvals(1).isEmpty)
            #expect(try await bot.states() == [.pending])
        }
    }

    /// Not even if the account is listed again before it would be sent.
    @Test func isNotConfirmedWhileItsRequesterIsNotListed() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("44 scale 4")
            try await bot.until(1, isShown: .pending)
            bot.context.replace(rulebook: TestRules().changed(Revocation.requesterIsNoLongerListed.apply))
            #expect(
                try await bot.say("confirm 1") == "There is no change #1 for you. Ask #platform-help if that is wrong."
            )
            #expect(try await bot.approvals(1).isEmpty)
            #expect(try await bot.states() == [.pending])
            // Who is not listed is told nothing, and does nothing.
            #expect(try await bot.say("cancel 1").hasPrefix("There is no change #1 for you."))
            #expect(try await bot.states() == [.pending])
        }
    }

    @Test func isNotConfirmedByAButtonOfAnotherPlan() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("44 scale 4")
            try await bot.until(1, isShown: .pending)
            let other = ButtonValue(change: 1, digest: sha256Hex("another plan")).description
            for value in [other, "1."] { try await bot.click("confirm", value: value, by: .amy) }
            try await bot.until("amy is told twice") { bot.chat.told.count == 2 }
            #expect(
                Set(bot.chat.told.map(\.text)) == ["That button belongs to another plan than #1 has. Nothing was done."]
            )
            #expect(try await bot.states() == [.pending])
        }
    }

    @Test func isConfirmedWithTypedWordsOnlyOnce() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("44 scale 4")
            try await bot.until(1, isShown: .pending)
            let gate = bot.clusters.holdSendings(to: 44)
            #expect(try await bot.say("confirm #1") == "Done: you confirmed #1; it is sent next.")
            try await gate.reached()
            #expect(try await bot.say("confirm 1") == "#1 no longer waits for a confirmation: it is being sent.")
            gate.open()
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.say("confirm 1") == "#1 no longer waits for a confirmation: it is done.")
        }
    }

    @Test func isWithdrawnByItsRequesterOnly() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("44 scale 4")
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.say("cancel 1", by: .bob).hasPrefix("Only amy, who asked for #1, can withdraw it."))
            try await bot.click(.cancel, on: 1, by: .amy)
            try await bot.until(1, isShown: .cancelled)
            #expect(try await bot.conversation(1).text.contains("– withdrawn\namy withdrew it."))
            #expect(try await bot.say("cancel 1").hasPrefix("#1 can no longer be withdrawn: it is withdrawn."))
        }
    }

    @Test func doesNotWaitForAConfirmationWhereApprovalsAreNeeded() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            #expect(
                try await bot.say("confirm 1")
                    == "#1 does not wait for a confirmation; it needs approval by a lead."
            )
            #expect(try await bot.states() == [.pending])
        }
    }

    @Test(arguments: ["approve", "dance"], ["1", "x.y", "0.", "99."])
    func buttonsThatTheBotDidNotMakeDoNothing(_ button: String, _ value: String) async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.click(button, value: value, by: .bob)
            try await bot.until("bob is told") { bot.chat.told.count == 1 }
            #expect(try await bot.approvals(1).isEmpty)
        }
    }
}
