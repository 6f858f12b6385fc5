import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("A lock", .timeLimit(.minutes(20)))
struct LockTests {
    private func run(_ rules: TestRules = .withClosing, _ scenario: (EngineHarness) async throws -> Void) async throws {
        try await EngineHarness.run(rules, scenario)
    }

    /// The kinds of the entries that are about no change.
    private func kinds(_ bot: EngineHarness) async throws -> [String] {
        try await bot.history().filter { $0["change"]?.isNull == true }.compactMap { $0["kind"]?.string }
    }

    @Test func refusesOthersAtOnceAndSaysWhoWhyAndUntilWhen() async throws {
        try await run { bot async throws in
            let answer = try await bot.say(#"43 lock "benchmark running" --for 2h"#, by: .bob)
            let until = (bot.clock.now + .seconds(7200)).readable
            #expect(answer.hasPrefix("Done: 43 dev-train is locked until \(until). Others' changes there are refused"))
            let refusal = try await bot.say("43 scale 4")
            #expect(
                refusal.contains(
                    "43 dev-train is locked by bob until \(until): “benchmark running”. Ask bob, or cat can free it, or"
                )
            )
            let change = try await bot.change(1)
            #expect(change.state == .refused)
            // Others' clusters, and the holder's own changes, are not concerned.
            try await bot.say("53 scale 4")
            try await bot.until(2, is: .succeeded)
            try await bot.say("43 scale 2", by: .bob)
            try await bot.until(3, is: .succeeded)
            #expect(bot.clusters.sendings.map(\.change) == [2, 3])
            #expect(try await bot.say("43 unlock", by: .bob) == "Done: 43 dev-train is unlocked.")
            try await bot.say("43 scale 4")
            try await bot.until(4, is: .succeeded)
        }
    }

    /// Asking why says what the plan says, to those whom it keeps out.
    @Test func isToldToWhoAsksWhetherTheyMay() async throws {
        try await run { bot async throws in
            let allowed = "+4 nodes on dev-train is allowed: it runs at once, by the rule “engineers act on dev”."
            #expect(try await bot.say("why 43 scale 4") == allowed)
            try await bot.say(#"43 lock "benchmark running" --for 2h"#, by: .bob)
            let until = (bot.clock.now + .seconds(7200)).readable
            let closed = "Now it would be refused: 43 dev-train is locked by bob until \(until): “benchmark running”."
            #expect(
                try await bot.say("why 43 scale 4")
                    == "\(allowed) \(closed) Ask bob, or cat can free it, or free it yourself: /cluster 43 unlock \"…\"."
            )
            #expect(try await bot.say("43 scale 4 --plan").contains(closed))
            #expect(try await bot.say("why 43 scale 4", by: .bob) == allowed)
        }
    }

    /// A lock that comes after the cluster was read and before the request leaves.
    @Test func keepsWhatWasAboutToBeSent() async throws {
        try await run { bot async throws in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            try await bot.say(#"43 lock "mine" --for 1h"#, by: .bob)
            gate.open()
            try await bot.goRound()
            #expect(try await bot.change(1).state == .ready)
            #expect(bot.clusters.sendings.allSatisfy { $0.cluster != 43 })
            try await bot.say("43 unlock", by: .bob)
            try await bot.until(1, is: .succeeded)
        }
    }

    @Test func letsPeopleApproveMeanwhileAndEndsByItself() async throws {
        try await run { bot async throws in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say(#"42 lock "mine" --for 60s"#, by: .bob)
            #expect(try await bot.say("approve 1", by: .cat).hasPrefix("Done: you approved #1"))
            try await bot.until(1, is: .ready)
            try await bot.goRound()
            #expect(try await bot.change(1).state == .ready)
            bot.clock.advance(by: .seconds(61))
            try await bot.until(1, is: .succeeded)
            // Whether it holds, the clock says; the history follows.
            try await bot.until("its end is told") { try await self.kinds(bot) == ["locked", "unlocked"] }
            let end = try #require(try await bot.history().last { $0["kind"]?.string == "unlocked" })
            #expect(end["actor"]?["name"]?.string == "clusterbot")
            #expect(end["cluster"]?["id"]?.int == 42)
            #expect(try await bot.say("locks") == "Nothing is locked.")
        }
    }

    @Test func doesNotStopTheClocksOfWhatWaits() async throws {
        try await run { bot async throws in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say(#"42 lock "mine" --for 2h"#, by: .bob)
            try await bot.say("approve 1", by: .cat)
            try await bot.until(1, is: .ready)
            bot.clock.advance(by: .seconds(901))
            try await bot.until(1, is: .expired)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    /// Whoever holds the lock need not wait for what waits for its end, and that goes on afterwards.
    @Test func letsItsHolderPassByWhatWaits() async throws {
        try await run { bot async throws in
            let gate = bot.clusters.holdReads(of: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            try await bot.say(#"43 lock "mine""#, by: .bob)
            gate.open()
            try await bot.say("43 image 90", by: .bob)
            try await bot.until(2, is: .succeeded)
            #expect(try await bot.change(1).state == .ready)
            try await bot.say("43 unlock", by: .bob)
            try await bot.until(1, is: .succeeded)
            #expect(bot.clusters.sendings.filter { $0.cluster == 43 }.map(\.change) == [2, 1])
            // What was sent later counts as later.
            let (first, second) = (try await bot.change(1).readyOrder, try await bot.change(2).readyOrder)
            #expect((first ?? 0) > (second ?? 0))
        }
    }

    @Test func isTakenAndRenewedByOneAtATime() async throws {
        try await run { bot async throws in
            try await bot.say(#"42 lock "one" --for 1h"#, by: .bob)
            let refusal = try await bot.say(#"42 lock "two""#, by: .cat)
            #expect(refusal.contains("is locked by bob"))
            #expect(refusal.contains("Nothing was locked."))
            let again = try await bot.say(#"42 lock "three" --for 2h"#, by: .bob)
            #expect(
                again.contains(
                    "was locked by you already, and is now until \((bot.clock.now + .seconds(7200)).readable)"
                )
            )
            let lock = try #require(try await bot.file.read { try $0.lock(on: 42) })
            #expect(lock.reason == "three" && lock.holder.person == "bob")
            #expect(try await bot.history().compactMap { $0["kind"]?.string } == ["locked", "locked"])
            // Once it has run out, whoever comes first has it, also before anybody has noticed that.
            bot.clock.advance(by: .seconds(7200))
            #expect(try await bot.say(#"42 lock "two""#, by: .cat).hasPrefix("Done: "))
            #expect(
                try await bot.history().compactMap { $0["kind"]?.string }.prefix(4) == [
                    "locked", "locked", "unlocked", "locked",
                ]
            )
        }
    }

    @Test func needsTheRight() async throws {
        try await run { bot async throws in
            #expect(
                try await bot.say(#"42 lock "x""#).hasPrefix("No rule allows amy `lock` on 42 prod-train.") == false
            )
            #expect(try await bot.say(#"42 lock "x""#).contains("No rule allows amy lock on 42 prod-train"))
            #expect(try await bot.say(#"42 lock "x""#, by: .eve).contains("Nothing was locked."))
            #expect(try await bot.say(#"42 lock "x""#, by: .zoe).hasPrefix("You are not set up yet."))
            #expect(try await bot.say("42 unlock", by: .zoe).hasPrefix("You are not set up yet."))
            #expect(try await bot.type(#"42 lock "x""#, by: .bob, isDirect: true).text.hasPrefix("In a direct message"))
            #expect(try await bot.history().isEmpty)
            #expect(try await bot.say(#"43 lock "x""#).hasPrefix("Done: 43 dev-train is locked"))
        }
    }

    @Test func isEndedByItsHolderOrWithTheRightAndAReason() async throws {
        try await run { bot async throws in
            #expect(try await bot.say("43 unlock") == "43 dev-train is not locked.")
            try await bot.say(#"43 lock "x""#)
            #expect(try await bot.say("43 unlock", by: .eve).contains("Without the right lock you cannot end it."))
            #expect(try await bot.say("43 unlock it is mine", by: .eve).contains("Without the right lock"))
            #expect(try await bot.say("43 unlock", by: .cat).contains("To end it all the same, say why"))
            #expect(try await bot.file.read { try $0.lock(on: 43) } != nil)
            #expect(try await bot.say("43 unlock she went home", by: .cat) == "Done: 43 dev-train is unlocked.")
            let entry = try #require(try await bot.history().last)
            #expect(entry["kind"]?.string == "unlocked")
            #expect(entry["actor"]?["person"]?.string == "cat")
            #expect(entry["rule"]?.string == "leads close")
            // Whoever lost the right still ends what they hold.
            try await bot.say(#"43 lock "x""#)
            bot.context.replace(rulebook: TestRules().rulebook)
            #expect(try await bot.say("43 unlock") == "Done: 43 dev-train is unlocked.")
        }
    }

    /// For a person who may not read a cluster there is none.
    @Test func saysNothingOfAClusterThatSomebodyMayNotRead() async throws {
        var rules = TestRules.withClosing
        rules.rules.append(
            Rule(
                name: "secret",
                effect: .forbid,
                rights: [Right.read],
                who: [.person("cat")],
                clusters: .init(ids: [42])
            )
        )
        try await run(rules) { bot async throws in
            let unknown = "There is no cluster 42 for you. Ask #platform-help if that is wrong."
            #expect(try await bot.say(#"42 lock "x""#, by: .cat) == unknown)
            #expect(try await bot.say("42 unlock", by: .cat) == unknown)
            try await bot.say(#"42 lock "quiet""#, by: .bob)
            #expect(try await bot.say(#"42 lock "x""#, by: .cat) == unknown)
            #expect(try await bot.say("42 unlock because", by: .cat).contains("quiet") == false)
            #expect(try await bot.say("locks", by: .cat) == "Nothing is locked.")
            #expect(try await bot.say("list", by: .cat).contains("locked") == false)
            #expect(try await bot.say("locks", by: .eve).contains("quiet"))
        }
    }

    @Test func isNeverRefusedToEndByTheLimitOnCommands() async throws {
        var rules = TestRules.withClosing
        rules.limits.requestsPerMinute = 2
        try await run(rules) { bot async throws in
            try await bot.say(#"42 lock "x""#, by: .bob)
            try await bot.say("list", by: .bob)
            #expect(try await bot.say(#"43 lock "x""#, by: .bob).hasPrefix("You have given 2 commands"))
            #expect(try await bot.say("42 unlock", by: .bob).hasPrefix("Done: "))
        }
    }

    @Test func isTakenOnceByOneDelivery() async throws {
        try await run { bot async throws in
            let first = try await bot.type(#"42 lock "x""#, by: .bob, in: .ops, key: "one").text
            bot.clock.advance(by: .seconds(5))
            #expect(try await bot.type(#"42 lock "x""#, by: .bob, in: .ops, key: "one").text == first)
            #expect(try await bot.history().count == 1)
        }
    }

    @Test func outlivesTheProcess() async throws {
        try await run { bot async throws in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say(#"42 lock "x" --for 10m"#, by: .bob)
            try await bot.crash()
            bot.restart(.withClosing)
            #expect(try await bot.say("42 scale 2").contains("is locked by bob"))
            try await bot.say("approve 1", by: .cat)
            try await bot.until(1, is: .ready)
            try await bot.goRound()
            #expect(bot.clusters.sendings.allSatisfy { $0.cluster != 42 })
            bot.clock.advance(by: .seconds(600))
            try await bot.until(1, is: .succeeded)
            try await bot.until("its end is told") { try await self.kinds(bot) == ["locked", "unlocked"] }
        }
    }

    @Test func isHeldByOneOfManyWhoTryAtOnce() async throws {
        try await run { bot async throws in
            let answers = try await withThrowingTaskGroup(of: (Person, String).self) { group in
                for number in 0..<50 {
                    let person: Person = number.isMultiple(of: 2) ? .bob : .cat
                    group.addTask { (person, try await bot.type(#"42 lock "mine""#, by: person, pause: .zero).text) }
                }
                return try await group.reduce(into: [(Person, String)]()) { $0.append($1) }
            }
            let done = answers.filter { $0.1.hasPrefix("Done: ") }
            let holder = try #require(try await bot.file.read { try $0.lock(on: 42) }).holder.person
            #expect(Set(done.map(\.0.rawValue)) == [holder])
            #expect(done.count == 25)
            for (person, answer) in answers where person.rawValue != holder {
                #expect(answer.contains("is locked by \(holder ?? "")"))
            }
        }
    }

    /// A plan that no longer fits is asked for anew, and waits like what it replaces.
    @Test func doesNotRefuseWhatTakesThePlaceOfSomethingOlder() async throws {
        try await run { bot async throws in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say(#"42 lock "mine""#, by: .bob)
            try await bot.say("42 scale 2", by: .bob)
            try await bot.until(2, isShown: .pending)
            try await bot.say("approve 2", by: .cat)
            try await bot.until(2, is: .succeeded)
            try await bot.until(1, is: .superseded)
            try await bot.until(3, is: .pending)
        }
    }

    @Test func isAnnouncedWhereItWasTakenAndInTheHistoryChannel() async throws {
        try await EngineHarness.run(.withClosing, historyChannel: .log) { bot in
            try await bot.type(#"42 lock "mine" --for 1h"#, by: .bob, in: .lab)
            let until = try #require(try await bot.file.read { try $0.lock(on: 42) }).until.readable
            try await bot.until("it is announced") { bot.chat.posts.count == 2 }
            let said = "🔒 bob locked 42 prod-train until \(until). “mine”"
            for channel in [Channel.lab, .log] {
                let post = try #require(bot.chat.posts(in: channel).first)
                #expect(post.text.hasPrefix(said), "\(post.text)")
                #expect(post.text.contains("[Unlock]") == (channel == .lab))
            }
            // Others need a reason, so for them the button only says how.
            let button = try #require(bot.chat.posts(in: .lab).first?.versions.last?.button(.unlock))
            try await bot.click("unlock", value: button.value, by: .cat)
            try await bot.until("cat is told") {
                bot.chat.told.contains {
                    $0.account == Person.cat.account && $0.text.contains("say why: /cluster 42 unlock")
                }
            }
            try await bot.click("unlock", value: button.value, by: .bob)
            try await bot.until("its end is announced") { bot.chat.posts.count == 4 }
            #expect(bot.chat.posts(in: .log).last?.text.hasPrefix("🔓 bob unlocked 42 prod-train.") == true)
            // The button stays where it is, and ends no other lock.
            try await bot.say(#"42 lock "again""#, by: .bob)
            try await bot.click("unlock", value: button.value, by: .bob)
            #expect(try await bot.file.read { try $0.lock(on: 42) }?.reason == "again")
            try await bot.click("unlock", value: "lock.42.1", by: .zoe)
            try await bot.click("unlock", value: "17.", by: .bob)
            #expect(try await bot.file.read { try $0.lock(on: 42) }?.reason == "again")
        }
    }

    @Test func isShownWhereverItMatters() async throws {
        try await run { bot async throws in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say(#"42 lock "mine" --for 1h"#, by: .bob)
            let lock = try #require(try await bot.file.read { try $0.lock(on: 42) })
            let until = lock.until.readable
            let locks = try await bot.say("locks")
            #expect(locks.contains("42 prod-train – by bob since \(lock.since.readable) until \(until): “mine”"))
            #expect(
                try await bot.say("list").contains("42 prod-train – project vision, env=prod – locked by bob until")
            )
            let pending = try await bot.say("pending")
            #expect(pending.contains(" – waits: locked by bob until \(until)"))
            let status = try await bot.say("42 status")
            #expect(status.contains("🔒 locked by bob until \(until): “mine”"))
            #expect(status.contains("– waits for approval by a lead – waits: locked by bob"))
            #expect(
                try await bot.say("history").contains("bob locked 42 prod-train until \(until). “mine”")
            )
        }
    }
}
