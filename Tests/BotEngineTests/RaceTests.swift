import BotCore
import TestSupport
import Testing

@testable import BotEngine

/// Fifty people's words on one change at once. However they fall, it takes one way, and each is told the truth.
@Suite("Many decisions on one change at once", .timeLimit(.minutes(20)))
struct RaceTests {
    private enum Deed: CaseIterable {
        case approves, clicksApprove, denies, withdraws, locks, unlocks, replacesRules
    }

    private struct Said {
        let deed: Deed
        let answer: String
    }

    @Test(arguments: 1...12)
    func comeToOneEnd(round: UInt64) async throws {
        var random = SplitMix64(seed: round)
        let deeds = (0..<50).map { Deed.allCases[$0 % Deed.allCases.count] }.shuffled(using: &random)
        try await EngineHarness.run(.withClosing) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let approve = try #require(try await bot.conversation(1).versions.last?.button(.approve)).value
            let said = try await withThrowingTaskGroup(of: Said.self) { group in
                for (number, deed) in deeds.enumerated() {
                    group.addTask { try await Self.carryOut(deed, number, approve, bot) }
                }
                return try await group.reduce(into: [Said]()) { $0.append($1) }
            }
            await bot.intakeIsDone()
            // The lock, and a policy that wants more than one lead, hold nothing up for ever.
            _ = try await bot.say("42 unlock", by: .cat)
            if try await bot.change(1).state == .pending { _ = try await bot.say("cancel 1") }
            try await bot.until("#1 has ended") { try await bot.change(1).state.isEnd }
            try await bot.untilShown(1)
            try await check(said, bot)
        }
    }

    private static func carryOut(_ deed: Deed, _ number: Int, _ value: String, _ bot: EngineHarness) async throws
        -> Said
    {
        let lead: Person = number % 2 == 0 ? .bob : .cat
        // Time stands still meanwhile: nobody is late.
        func say(_ text: String, by person: Person) async throws -> Said {
            Said(deed: deed, answer: try await bot.type(text, by: person, pause: .zero).text)
        }
        switch deed {
        case .approves: return try await say("approve 1", by: lead)
        case .clicksApprove:
            try await bot.click("approve", value: value, by: lead, key: "click \(number)", pause: .zero)
            return Said(deed: deed, answer: "")
        case .denies: return try await say("deny 1 reason \(number)", by: lead)
        case .withdraws: return try await say("cancel 1", by: .amy)
        case .locks: return try await say(#"42 lock "I look""#, by: lead)
        case .unlocks: return try await say(#"42 unlock "done""#, by: lead)
        case .replacesRules:
            var rules = TestRules.withClosing
            rules.digest = "policy of \(number)"
            if number % 2 == 0 {
                rules.rules[1] = TestRules.rule("two agree", env: "prod", needs: TestRules.approvals(("leads", 2)))
            }
            let file = ReloadedFile(path: "/etc/clusterbot.yaml", owner: "deploy", modifiedAt: bot.clock.now)
            try await Reload(context: bot.context).putInForce(rules.rulebook, from: file)
            return Said(deed: deed, answer: "")
        }
    }

    private func check(_ said: [Said], _ bot: EngineHarness) async throws {
        let change = try await bot.change(1)
        let kinds = try await bot.kinds(1)
        let ways = kinds.filter { ["denied", "cancelled", "refused", "expired", "superseded", "sending"].contains($0) }
        #expect(ways.count == 1, "it went \(ways)")
        #expect(bot.sendings(1).count == (change.state == .succeeded ? 1 : 0))
        #expect(kinds.contains("denied") == (change.state == .denied))
        #expect(kinds.contains("cancelled") == (change.state == .cancelled))

        // Who is told that it was done did it, and nobody else.
        func done(_ deed: Deed, _ words: String) -> Int {
            said.filter { $0.deed == deed && $0.answer.hasPrefix("Done: ") && $0.answer.contains(words) }.count
        }
        #expect(done(.denies, "you denied #1") == kinds.filter { $0 == "denied" }.count)
        #expect(done(.withdraws, "you withdrew #1") <= (change.state == .cancelled ? 1 : 0))
        #expect(done(.approves, "you approved #1") <= kinds.filter { $0 == "approved" }.count)
        let closings = try await bot.history().compactMap { $0["kind"]?.string }
        #expect(done(.locks, "until") == closings.filter { $0 == "locked" }.count)
        // Everybody else hears what there is to hear about it, by its number.
        for answer in said.filter({ [.approves, .denies, .withdraws].contains($0.deed) }).map(\.answer) {
            #expect(answer.contains("#1"), "\(answer)")
        }
        let card = try #require(try await bot.conversation(1).versions.last)
        #expect(card.claimsNothingToDecide)
    }
}

extension Message {
    fileprivate var claimsNothingToDecide: Bool {
        blocks.allSatisfy { if case .buttons = $0 { false } else { true } }
    }
}
