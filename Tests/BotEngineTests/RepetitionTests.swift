import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("What comes twice", .timeLimit(.minutes(20)))
struct RepetitionTests {
    @Test func theSameRequestIsAnsweredWithTheNumberOfTheOneThatIsPending() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            // Also while its plan is still being made.
            #expect(
                try await bot.say("42 scale +4").hasPrefix("You asked for this already: #1 +4 nodes on prod-train")
            )
            try await bot.until(1, isShown: .pending)
            bot.clock.advance(by: .seconds(600))
            let answer = try await bot.type("42 scale_cluster additional_nodes=4")
            #expect(
                answer.text
                    == "You asked for this already: #1 +4 nodes on prod-train, 8 → 12 – it waits for approval by a lead."
            )
            #expect(answer.isPrivate)
            // Another person, another amount: other requests.
            try await bot.say("42 scale 4", by: .bob)
            try await bot.say("42 scale 5")
            #expect(try await bot.changes().count == 3)
        }
    }

    @Test func withinAMinuteTheOtherOneIsNamed() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 scale 4")
            try await bot.until(1, is: .succeeded)
            bot.clock.advance(by: .seconds(59))
            let answer = try await bot.say("43 scale 4")
            #expect(
                answer == "#2 +4 nodes on dev-train – I am on it."
                    + " You asked for the same less than a minute ago: #1 is done."
            )
            try await bot.until(2, is: .succeeded)
            bot.clock.advance(by: .seconds(60))
            #expect(try await bot.say("43 scale 4") == "#3 +4 nodes on dev-train – I am on it.")
            try await bot.until(3, is: .succeeded)
        }
    }

    @Test func aDeliveryMakesOneChangeHoweverOftenItComes() async throws {
        try await EngineHarness.run { bot in
            let first = try await bot.type("43 scale 4", key: "delivery 1")
            try await bot.until(1, is: .succeeded)
            bot.clock.advance(by: .seconds(3000))
            let again = try await bot.type("43 scale 4", key: "delivery 1", ago: .seconds(3000))
            #expect(again == first)
            #expect(try await bot.changes().count == 1)
        }
    }

    /// Longer than any platform repeats, and not for ever: there is one for every click.
    @Test func aDeliveryIsForgottenAfterTwoDays() async throws {
        try await EngineHarness.run { bot in
            try await bot.type("43 scale 4", key: "delivery 1")
            try await bot.until(1, is: .succeeded)
            let isRemembered = { try await bot.file.read { try $0.answer(toDelivery: "delivery 1") } != nil }
            // One look an hour.
            for _ in 1..<48 {
                bot.clock.advance(by: .seconds(3600))
                try await bot.goRound()
            }
            #expect(try await isRemembered())
            bot.clock.advance(by: .seconds(7200))
            try await bot.until("it is forgotten") { try await !isRemembered() }
        }
    }

    @Test func fiftyAtOnceMakeOneChangeAndGetTheSameAnswer() async throws {
        try await EngineHarness.run { bot in
            let answers = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<50 { group.addTask { try await bot.type("43 scale 4", key: "delivery 1", pause: .zero) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 50)
            #expect(Set(answers).count == 1)
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.changes().count == 1)
            #expect(bot.clusters.sendings.count == 1)
        }
    }

    @Test func aRefusedDeliveryIsRefusedWithTheSameWords() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let first = try await bot.type("42 scale 4", by: .eve, key: "delivery 1")
            #expect(first.result == .refused(1))
            #expect(try await bot.type("42 scale 4", by: .eve, key: "delivery 1").message == first.message)
            #expect(try await bot.changes().count == 1)
        }
    }

    @Test func aTypedDecisionCountsOnceAndIsAnsweredAlike() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4")
            try await bot.until(1, isShown: .pending)
            let first = try await bot.type("approve 1", by: .bob, key: "delivery 2")
            #expect(try await bot.type("approve 1", by: .bob, key: "delivery 2") == first)
            #expect(try await bot.approvals(1).count == 1)
        }
    }

    /// As delivered by an eager platform, and by two people who click at once.
    @Test func theLastApprovalFiftyTimesAtOnceIsOneStep() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.say("approve 1", by: .bob)
            let value = try #require(try await bot.conversation(1).versions.last?.button(.approve)).value
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    let person: Person = number.isMultiple(of: 5) ? .bob : .cat
                    let key = "click \(number / 2)"
                    group.addTask { try await bot.click("approve", value: value, by: person, key: key, pause: .zero) }
                }
                try await group.waitForAll()
            }
            try await bot.until(1, is: .succeeded)
            #expect(try await bot.approvals(1).map(\.actor.person) == ["bob", "cat"])
            #expect(try await bot.kinds(1) == ["requested", "planned", "approved", "approved", "sending", "succeeded"])
            #expect(bot.clusters.sendings.count == 1)
        }
    }

    @Test func aClickIsOneDecisionAndExplainedOnce() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4")
            try await bot.until(1, isShown: .pending)
            for _ in 0..<3 { try await bot.click(.approve, on: 1, by: .bob, key: "click 1") }
            for _ in 0..<3 { try await bot.click(.approve, on: 1, by: .eve, key: "click 2") }
            try await bot.click(.approve, on: 1, by: .eve, key: "click 3")
            try await bot.until("eve is told for each click") { bot.chat.told.count == 2 }
            try await bot.goRound()
            #expect(bot.chat.told.map(\.account) == [Person.eve.account, Person.eve.account])
            #expect(try await bot.approvals(1).map(\.actor.person) == ["bob"])
            #expect(try await bot.kinds(1).filter { $0 == "approved" }.count == 1)
        }
    }
}
