import BotCore
import Testing

@testable import BotEngine

@Suite("Requests of accounts that nobody lists")
struct StrangersTests {
    private let strangers = Strangers()
    private let zoe = Person.zoe.actor

    private func ask(_ delivery: String, at second: Int, _ action: String = "scale_cluster") -> String? {
        strangers.answer(
            AskedChange(cluster: TestRules.prod, action: action, arguments: [:]),
            by: zoe,
            delivery: delivery,
            at: .seconds(second)
        )
    }

    @Test func areCountedBehindTheFirstOfAMinute() throws {
        #expect(ask("a", at: 0) == nil)
        strangers.first(of: Person.zoe.account, became: 7, answered: "no")
        #expect(ask("b", at: 1) == "no")
        #expect(ask("c", at: 59, "update_image") == "no")
        #expect(strangers.takeCounted(at: .seconds(59)).isEmpty)
        let tally = try #require(strangers.takeCounted(at: .seconds(60)).first)
        #expect(tally.count == 2 && tally.change == 7)
        #expect(tally.actions == ["scale_cluster", "update_image"])
        // The next minute begins with a change of its own.
        #expect(ask("d", at: 61) == nil)
    }

    @Test func areNotCountedTwiceWhenTheyAreDeliveredAgain() {
        #expect(ask("a", at: 0) == nil)
        strangers.first(of: Person.zoe.account, became: 7, answered: "no")
        // The store knows what the first was answered.
        #expect(ask("a", at: 1) == nil)
        #expect(strangers.takeCounted(at: .seconds(60)).isEmpty)
    }

    @Test func beginAgainWhereTheFirstWasNotStored() {
        #expect(ask("a", at: 0) == nil)
        strangers.first(of: Person.zoe.account, became: nil, answered: "")
        #expect(ask("b", at: 1) == nil)
    }

    /// As by a full disk.
    @Test func areKeptWhereTheirCountCouldNotBeStored() throws {
        #expect(ask("a", at: 0) == nil)
        strangers.first(of: Person.zoe.account, became: 7, answered: "no")
        _ = ask("b", at: 1)
        let taken = try #require(strangers.takeCounted(at: .seconds(60)).first)
        strangers.giveBack(taken, at: .seconds(61))
        #expect(strangers.takeCounted(at: .seconds(121)).first?.count == 1)
        #expect(strangers.takeCounted(at: .seconds(200)).isEmpty)
    }

    @Test func arePostedAboutOnceAMinuteForAllOfThem() {
        #expect(strangers.mayPost(at: .seconds(0)))
        #expect(!strangers.mayPost(at: .seconds(59)))
        #expect(strangers.mayPost(at: .seconds(60)))
    }
}
