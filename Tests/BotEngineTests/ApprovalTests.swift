import BotCore
import Testing

@testable import BotEngine

@Suite("A change that other people agree to", .timeLimit(.minutes(20)))
struct ApprovalTests {
    @Test func isSentWhenSomebodyEntitledAgrees() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            let asked = try await bot.conversation(1)
            #expect(asked.text.contains("✋ bob or cat: approve?"))
            #expect(asked.mentions == [Person.bob.account, Person.cat.account])
            #expect(asked.text.contains("[Approve] [Deny] [Withdraw]"))
            #expect(bot.clusters.sendings.isEmpty)

            #expect(
                try await bot.say("approve 1 looks fine", by: .bob)
                    == "Done: you approved #1; it is sent next."
            )
            try await bot.until(1, isShown: .succeeded)
            #expect(try await bot.conversation(1).text.contains("approved by bob (“looks fine”)"))
            #expect(try await bot.conversation(1).id == asked.id)
            #expect(try await bot.kinds(1) == ["requested", "planned", "approved", "sending", "succeeded"])
            let approval = try #require(try await bot.entries(1).first { $0["kind"]?.string == "approved" })
            #expect(approval["detail"]?["digest"]?.string == (try await bot.change(1).plan?.digest))
            #expect(approval["actor"]?["person"]?.string == "bob")
        }
    }

    @Test func isNotAgreedToByRequesterOutsiderOrUnlistedAccount() async throws {
        try await EngineHarness.run { bot in
            // Bob is a lead himself: it is being the requester that keeps him out.
            try await bot.say("42 scale 4", by: .bob)
            try await bot.until(1, isShown: .pending)
            for person in [Person.bob, .eve, .zoe] { try await bot.click(.approve, on: 1, by: person) }
            try await bot.until("all three are told") { bot.chat.told.count == 3 }
            let told = Dictionary(uniqueKeysWithValues: bot.chat.told.map { ($0.account, $0.text) })
            #expect(
                told[Person.bob.account]
                    == "You asked for #1 yourself, so somebody else has to approve it. To withdraw it: /cluster cancel 1"
            )
            #expect(
                told[Person.eve.account]
                    == "#1 needs approval by a lead; you are in none of these groups. cat can."
            )
            #expect(told[Person.zoe.account]?.hasPrefix("There is no change #1 for you.") == true)
            #expect(try await bot.approvals(1).isEmpty)
            #expect(try await bot.states() == [.pending])
        }
    }

    /// Whoever may not approve by such an account can do everything else there.
    @Test func isNotAgreedToByAnAccountWhoseApprovalsDoNotCount() async throws {
        var rules = TestRules()
        rules.withoutApprovals = ["slack"]
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            let answer = try await bot.say("approve 1", by: .bob)
            #expect(answer.contains("Approvals by slack:T1/U0BOB do not count."), "\(answer)")
            #expect(try await bot.approvals(1).isEmpty)
            #expect(try await bot.say("deny 1 not now", by: .bob) == "Done: you denied #1. Nothing was sent.")
            try await bot.say("44 scale 4")
            try await bot.until(2, isShown: .pending)
            #expect(try await bot.say("confirm 2") == "Done: you confirmed #2; it is sent next.")
        }
    }

    @Test func countsEachPersonOnce() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4")
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.say("approve 1", by: .bob).hasPrefix("Done: you approved #1; it waits for "))
            #expect(try await bot.say("approve 1", by: .bob) == "You have decided on #1 already.")
            try await bot.untilShown(1)
            let halfway = try await bot.conversation(1).text
            #expect(halfway.contains("✅ bob approved"))
            #expect(halfway.contains("⏳ 2 leads (1 of 2: bob): cat"))
            #expect(try await bot.say("approve 1", by: .cat) == "Done: you approved #1; it is sent next.")
            try await bot.until(1, is: .succeeded)
        }
    }

    /// A floor under all rules: whatever another one asks, this comes to it.
    @Test func needsWhatARequiringRuleAdds() async throws {
        var rules = TestRules()
        rules.rules.append(
            Rule(
                name: "restarts need an owner as well",
                effect: .require,
                rights: ["restart_cluster"],
                who: [.everyone],
                needs: TestRules.approvals(("owners", 1))
            )
        )
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 restart cluster")
            try await bot.until(1, isShown: .pending)
            let card = try await bot.conversation(1).text
            #expect(card.contains("✋ bob or cat, and dan or fay: approve?"), "\(card)")
            #expect(card.contains("⏳ a lead: bob, cat   ⏳ an owner: dan, fay"), "\(card)")
            #expect(try await bot.say("why 42 restart cluster").contains("restarts need an owner as well"))
            #expect(try await bot.say("approve 1", by: .bob).hasPrefix("Done: you approved #1; it waits for "))
            #expect(try await bot.say("approve 1", by: .dan) == "Done: you approved #1; it is sent next.")
            try await bot.until(1, is: .succeeded)
            // Another action has no such floor.
            try await bot.say("42 scale 4")
            try await bot.until(2, isShown: .pending)
            #expect(try await bot.say("approve 2", by: .bob) == "Done: you approved #2; it is sent next.")
        }
    }

    @Test func needsOnlyOneOfItsAlternatives() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("46 scale 4")
            try await bot.until(1, isShown: .pending)
            #expect(
                try await bot.conversation(1).text.contains("⏳ a lead: bob, cat\nor ⏳ 2 owners: dan, fay")
            )
            try await bot.say("approve 1", by: .bob)
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.change(1).rule == "a lead agrees on either")

            try await bot.say("46 scale 1")
            try await bot.until(2, isShown: .pending)
            try await bot.say("approve 2", by: .dan)
            #expect(try await bot.change(2).state == .pending)
            try await bot.say("approve 2", by: .fay)
            try await bot.until(2, is: .succeeded)
            #expect(try await bot.change(2).rule == "two owners agree on either")
        }
    }

    /// One rule gives ten minutes, the other thirty.
    @Test func takesNoAlternativeWhoseTimeIsOver() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("46 scale 4")
            try await bot.until(1, isShown: .pending)
            bot.clock.advance(by: .seconds(600))
            #expect(try await bot.say("approve 1", by: .bob).hasPrefix("Done: you approved #1; it waits for "))
            try await bot.say("approve 1", by: .dan)
            #expect(try await bot.change(1).state == .pending)
            #expect(try await bot.say("approve 1", by: .fay) == "Done: you approved #1; it is sent next.")
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func isAgreedToOnlyAsItStandsOnTheButton() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            let other = ButtonValue(change: 1, digest: sha256Hex("another plan")).description
            try await bot.click("approve", value: other, by: .bob)
            try await bot.until("bob is told") { bot.chat.told.count == 1 }
            #expect(bot.chat.told[0].text == "That button belongs to another plan than #1 has. Nothing was done.")
            #expect(try await bot.approvals(1).isEmpty)
        }
    }

    @Test func isOverWhenNobodyDecidesInTime() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            bot.clock.advance(by: .seconds(1799))
            try await bot.goRound()
            bot.clock.advance(by: .seconds(1))
            try await bot.until(1, isShown: .expired)
            #expect(try await bot.conversation(1).text.contains("– expired\nNobody approved it in 30 min."))
            #expect(
                try await bot.say("approve 1", by: .bob).hasPrefix("#1 no longer waits for an approval: it is expired.")
            )
        }
    }

    @Test func isOverWhenItCannotBeSentInTime() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 42)
            for (number, command) in [(1, "42 sg add 3"), (2, "42 sg add 4")] {
                try await bot.say(command)
                try await bot.until(number, isShown: .pending)
                try await bot.say("approve \(number)", by: .bob)
            }
            try await gate.reached()
            try await bot.until("its card says what it waits for") { try await bot.change(2).shownWait != nil }
            bot.clock.advance(by: .seconds(900))
            try await bot.until(2, isShown: .expired)
            #expect(
                try await bot.conversation(2).text.contains(
                    "It was approved, but could not be sent in time – after #1 on prod-train."
                )
            )
            gate.open()
            try await bot.until(1, is: .succeeded)
        }
    }
}

@Suite("A denial", .timeLimit(.minutes(20)))
struct DenialTests {
    @Test func endsTheChangeWithItsReason() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            #expect(
                try await bot.say("deny 1 not during the run", by: .cat) == "Done: you denied #1. Nothing was sent."
            )
            try await bot.until(1, isShown: .denied)
            #expect(try await bot.conversation(1).text.contains("– denied\ncat denied it."))
            let entry = try #require(try await bot.entries(1).last)
            #expect(entry["kind"]?.string == "denied")
            #expect(entry["texts_sha256"]?["reason"]?.string != nil)
            #expect(
                try await bot.say("show 1", by: .eve).contains("denied by cat “not during the run”")
            )
            let decision = try #require(try await bot.approvals(1).first)
            #expect(decision.verdict == .denied)
            #expect(decision.comment == "not during the run")
        }
    }

    @Test func needsNoReasonOnTheButton() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.click(.deny, on: 1, by: .bob)
            try await bot.until(1, is: .denied)
        }
    }

    @Test func stillStopsWhatWasAgreedToButNotSent() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            let gate = bot.clusters.holdReads(of: 42)
            try await bot.say("approve 1", by: .bob)
            try await gate.reached()
            try await bot.say("deny 1 wait", by: .cat)
            gate.open()
            try await bot.goRound()
            #expect(try await bot.change(1).state == .denied)
        }
    }

    @Test func isOnlyForThoseWhoCouldAgree() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4", by: .bob)
            try await bot.until(1, isShown: .pending)
            #expect(try await bot.say("deny 1 no", by: .eve).hasPrefix("Only those who could approve #1 can deny it"))
            #expect(
                try await bot.say("deny 1 no", by: .bob)
                    == "You asked for #1 yourself. To withdraw it: /cluster cancel 1"
            )
            #expect(try await bot.say("deny 1 no", by: .zoe).hasPrefix("There is no change #1 for you."))
            #expect(try await bot.states() == [.pending])
        }
    }

    @Test func comesTooLateForWhatIsBeingSent() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 42)
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            try await gate.reached()
            #expect(try await bot.say("deny 1 no", by: .cat) == "#1 can no longer be denied: it is being sent.")
            #expect(try await bot.say("cancel 1") == "#1 can no longer be withdrawn: it is being sent.")
            gate.open()
            try await bot.until(1, is: .succeeded)
        }
    }
}
