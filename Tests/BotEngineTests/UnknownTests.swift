import BotCore
import Testing

@testable import BotEngine

@Suite("An unknown outcome", .timeLimit(.minutes(20)))
struct UnknownTests {
    @Test func isSaidOpenlyAndNeverSentAgain() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownNotApplied, on: 43)
            try await bot.say("43 scale 4")
            try await bot.until(1, isShown: .unknown)
            let place = try #require(try await bot.change(1).recorded?.short)
            let text = try await bot.conversation(1).text
            let until = Timestamp(milliseconds: bot.clock.now.milliseconds + 900_000).readable
            #expect(
                text.hasPrefix(
                    """
                    ❓ +4 nodes on dev-train, 8 → 12 – unknown
                    The connection broke before an answer came. The request is never sent again. I read the cluster every minute; \
                    by \(until) I know, or ask. dev-train takes no changes until it is settled. Do not repeat it by hand.
                    """
                ),
                "\(text)"
            )
            #expect(text.hasSuffix(place))
            #expect(try await bot.change(1).howKnown == nil)
            // An edit would not be noticed: it is said anew, too.
            try await bot.until("the notice is posted") { bot.chat.posts.count == 2 }
            #expect(bot.chat.posts[1].text.contains("❓ #1 unknown: +4 nodes on dev-train, 8 → 12."))
            // Nobody else is woken for what most probably settles itself.
            #expect(bot.chat.posts[1].mentions == [Person.amy.account])
            #expect(bot.chat.posts[1].text.contains("Can settle it: bob or cat"))
            try await bot.goRound()
            #expect(bot.sendings(1).count == 1)
        }
    }

    /// What no read can prove does not settle itself: those who can settle it are called at once.
    @Test func callsThoseWhoCanSettleWhatNoReadCanProve() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownNotApplied, on: 43)
            try await bot.say("43 restart workers", in: .ops)
            try await bot.until(1, isShown: .unknown)
            try await bot.until("the notice is posted") { bot.chat.posts.count == 2 }
            #expect(bot.chat.posts[1].mentions == [Person.amy.account, Person.bob.account, Person.cat.account])
        }
    }

    @Test func closesTheClusterToAllThatNobodyAgreedTo() async throws {
        try await EngineHarness.run { bot in
            for (number, command) in [(1, "42 scale 4"), (2, "42 sg add 3"), (3, "42 sg add 4")] {
                try await bot.say(command)
                try await bot.until(number, isShown: .pending)
            }
            let gate = bot.clusters.holdSendings(to: 42)
            bot.clusters.willAnswer(.unknownNotApplied, on: 42)
            try await bot.say("approve 1", by: .bob)
            try await gate.reached()
            try await bot.say("approve 2", by: .bob)
            gate.open()
            try await bot.until(1, isShown: .unknown)
            // Waiting and not agreed to: refused. Agreed to: waits.
            #expect(try await bot.states() == [.unknown, .ready, .refused])
            let closed =
                "The outcome of #1 on this cluster is unknown, so nothing else is sent there until it is settled. "
                + "bob or cat can settle it."
            #expect(try await bot.change(3).outcome == closed)
            let answer = try await bot.say("42 sg add 9")
            #expect(answer.contains("#4 add security group 9 to prod-train – refused. \(closed)"))
            // Who may not ask hears that first, and nothing of other people's changes.
            let unasked = try await bot.say("42 sg add 9", by: .eve)
            #expect(unasked.contains("refused") && !unasked.contains("unknown"))
            try await bot.goRound()
            #expect(try await bot.change(2).state == .ready)

            #expect(
                try await bot.say("resolve 1 failed \"8 nodes in the dashboard\"", by: .cat).hasPrefix(
                    "Done: #1 counts as failed now."
                )
            )
            try await bot.until(2, is: .succeeded)
            try await bot.say("42 sg add 9")
            try await bot.until("it is asked") { try await bot.states().last == .pending }
        }
    }

    @Test func refusesAlsoWhatIsReadyWithoutAnybodysAgreement() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 43)
            bot.clusters.willAnswer(.unknownApplied, on: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            try await bot.say("43 scale 2")
            try await bot.until(2, is: .ready)
            gate.open()
            try await bot.until(2, isShown: .refused)
            #expect(try await bot.conversation(2).text.contains("The outcome of #1 on this cluster is unknown"))
        }
    }

    @Test func keepsWhatWasAgreedToOnlyWhileTheAgreementIsValid() async throws {
        try await EngineHarness.run { bot in
            for (number, command) in [(1, "42 sg add 3"), (2, "42 sg add 4")] {
                try await bot.say(command)
                try await bot.until(number, isShown: .pending)
            }
            let gate = bot.clusters.holdSendings(to: 42)
            bot.clusters.willAnswer(.unknownNotApplied, on: 42)
            try await bot.say("approve 1", by: .bob)
            try await gate.reached()
            try await bot.say("approve 2", by: .bob)
            gate.open()
            try await bot.until(1, is: .unknown)
            bot.clock.advance(by: .seconds(898))
            try await bot.goRound()
            #expect(try await bot.change(2).state == .ready)
            bot.clock.advance(by: .seconds(1))
            try await bot.until(2, is: .expired)
        }
    }

    /// Restarts and security groups leave nothing that a read could show; an image that is there already neither.
    @Test(arguments: ["43 restart cluster", "43 sg add 3", "43 image 76"])
    func thatNoReadCanProveClosesTheClusterOnlyForAWhile(_ command: String) async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownApplied, on: 43)
            try await bot.say(command)
            try await bot.until(1, is: .unknown)
            let reads = bot.clusters.now.reads[43]
            bot.clock.advance(by: .seconds(898))
            #expect(try await bot.say("43 image 77").contains("refused. The outcome of #1"))
            try await bot.say("43 image 77")
            try await bot.until(3, is: .succeeded)
            #expect(try await bot.change(1).state == .unknown)
            // Only the one that went on after it was read.
            #expect(bot.clusters.now.reads[43] == (reads ?? 0) + 1)
            try await bot.say("resolve 1 succeeded \"I saw it\"", by: .bob)
            #expect(try await bot.change(1).howKnown == .person)
        }
    }

    @Test func isSettledByAPersonWithTheRightAndAReason() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownNotApplied, on: 43)
            try await bot.say("43 scale 4", by: .bob)
            try await bot.until(1, isShown: .unknown)
            #expect(
                try await bot.say("resolve 1 failed nothing there", by: .amy).hasPrefix(
                    "No rule allows amy resolve on 43"
                )
            )
            #expect(try await bot.say("resolve 1 failed", by: .cat).hasPrefix("Say how you know"))
            #expect(
                try await bot.say("resolve 1 failed x", by: .zoe).hasPrefix("There is no change #1 for you.")
            )
            #expect(try await bot.change(1).state == .unknown)
            // Nobody had to agree to it, so whoever asked may say what came of it.
            try await bot.say("resolve 1 succeeded \"12 nodes there\"", by: .bob)
            try await bot.until(1, isShown: .succeeded)
            let change = try await bot.change(1)
            #expect(change.outcome == "bob settled it as succeeded.")
            #expect(change.howKnown == .person)
            #expect(try await bot.kinds(1).last == "settled")
            // No private answer has a place in the history.
            #expect(try await !bot.say("show 1").contains(try #require(change.recorded?.short)))
            #expect(
                try await bot.say("resolve 1 failed x", by: .cat)
                    == "The outcome of #1 is not unknown; it is done."
            )
            #expect(bot.sendings(1).count == 1)
        }
    }

    /// Like every right, this one goes by the cluster as it is configured now.
    @Test func isSettledByTheRightsOnTheClusterAsItIsNow() async throws {
        var rules = TestRules()
        rules.rules.removeLast()
        rules.rules.append(
            Rule(
                name: "leads settle on dev",
                effect: .allow,
                rights: [Right.resolve],
                who: [.group("leads")],
                clusters: .init(labels: ["env": ["dev"]])
            )
        )
        try await EngineHarness.run(rules) { bot in
            bot.clusters.willAnswer(.unknownNotApplied, on: 43)
            try await bot.say("43 scale 4")
            try await bot.until(1, is: .unknown)
            bot.context.replace(
                rulebook: rules.changed { rules in
                    rules.clusters[1] = Cluster(id: 43, name: "dev-train", project: "nlp", labels: ["env": "prod"])
                }
            )
            #expect(try await bot.say("resolve 1 failed x", by: .bob).hasPrefix("No rule allows bob resolve on 43"))
            bot.context.replace(rulebook: rules.rulebook)
            #expect(try await bot.say("resolve 1 failed x", by: .bob).hasPrefix("Done: #1 counts as failed now."))
        }
    }

    @Test func isNotSettledByItsRequesterWhereOthersHadToAgree() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownNotApplied, on: 42)
            try await bot.say("42 scale 4", by: .bob)
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .cat)
            try await bot.until(1, is: .unknown)
            #expect(
                try await bot.say("resolve 1 succeeded sure", by: .bob)
                    == "#1 needed another person's approval, so another person has to say what came of it."
            )
            #expect(try await bot.change(1).state == .unknown)
            try await bot.say("resolve 1 failed \"looked\"", by: .cat)
            #expect(try await bot.change(1).state == .failed)
        }
    }
}
