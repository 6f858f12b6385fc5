import BotCore
import Testing

@testable import BotEngine

/// Every refusal leads on: it names the rule, what would be allowed, and who may or can help, whoever refuses.
@Suite("A refusal leads on", .timeLimit(.minutes(20)))
struct LeadingOnTests {
    private static let contact = "#platform-help"
    /// The end of a refusal of what the leads may.
    private static let leads = "ask bob or cat, who may, or #platform-help."

    private static func forbidding(_ who: Set<Rule.Subject>) -> TestRules {
        var rules = TestRules()
        rules.rules.append(
            Rule(
                name: "no restarts",
                effect: .forbid,
                rights: ["restart_cluster"],
                who: who,
                clusters: .init(labels: ["env": ["prod"]])
            )
        )
        return rules
    }

    @Test func byARuleThatForbidsSaysWhatElseIsAllowedAndWhoMay() async throws {
        try await EngineHarness.run(Self.forbidding([.group("engineers")])) { bot in
            let refusal =
                "The rule “no restarts” forbids it. There you may ask for 42 scale 4, 42 restart workers, 42 image 77; "
                + "else \(Self.leads)"
            for line in ["42 restart cluster", "why 42 restart cluster"] {
                let answer = try await bot.say(line)
                #expect(answer.hasSuffix(refusal))
            }
        }
    }

    @Test func ofWhatNobodyMayNamesNobody() async throws {
        try await EngineHarness.run(Self.forbidding([.everyone])) { bot in
            let answer = try await bot.say("42 restart cluster")
            #expect(answer.contains("There you may ask for 42 scale 4"))
            #expect(answer.hasSuffix("; else ask \(Self.contact) if that is wrong."))
        }
    }

    /// An account that nobody lists learns of nobody.
    @Test func ofAStrangerNamesNobody() async throws {
        try await EngineHarness.run { bot in
            let answer = try await bot.say("42 scale 4", by: .zoe)
            #expect(answer.hasSuffix("You are not set up yet. Ask \(Self.contact) to add slack:T1/U0ZOE."))
        }
    }

    @Test func ofAVerdictNamesThoseWhoMay() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownApplied, on: 43)
            try await bot.say("43 restart cluster")
            try await bot.until(1, is: .unknown)
            let answer = try await bot.say("resolve 1 succeeded \"I saw it\"")
            #expect(answer == "No rule allows amy resolve on 43 dev-train. A\(Self.leads.dropFirst())")
        }
    }

    @Test func ofALockOrAFreezeNamesThoseWhoMay() async throws {
        var rules = TestRules.withClosing
        // He is no help with everything.
        rules.rules.append(
            Rule(
                name: "dan freezes prod",
                effect: .allow,
                rights: [Right.freeze],
                who: [.person("dan")],
                clusters: .init(labels: ["env": ["prod"]])
            )
        )
        try await EngineHarness.run(rules) { bot in
            let lock = try await bot.say(#"42 lock "mine""#)
            #expect(lock == "No rule allows amy lock on 42 prod-train. A\(Self.leads.dropFirst()) Nothing was locked.")
            let one = try await bot.say(#"freeze "mine" 42"#)
            #expect(one.contains(" Ask bob, cat or dan, who may, or #platform-help."))
            let all = try await bot.say(#"freeze "mine" everything"#)
            #expect(all == "No rule allows amy freeze on 42 prod-train. A\(Self.leads.dropFirst()) Nothing was frozen.")
        }
    }

    /// Where it is decided only while the change is prepared, too.
    @Test func afterALookUpNamesThoseWhoMay() async throws {
        var rules = TestRules()
        rules.groups["engineers"] = []
        rules.userGroups = ["engineers": [.onCall]]
        try await EngineHarness.run(rules) { bot in
            bot.directory.put(.cat)
            #expect(try await bot.say("42 scale 4").hasPrefix("#1 "))
            try await bot.until(1, is: .refused)
            let outcome = try await bot.change(1).outcome
            #expect(outcome == "No rule allows amy `scale` on 42 prod-train. A\(Self.leads.dropFirst())")
        }
    }
}
