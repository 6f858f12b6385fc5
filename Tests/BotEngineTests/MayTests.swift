import BotCore
import Testing

@testable import BotEngine

/// `may`: what somebody may do, what it needs, and where.
@Suite("May")
struct MayTests {
    private static func rule(
        _ name: String,
        _ rights: Set<String>,
        env: String? = nil,
        who: Rule.Subject = .group("engineers"),
        in channels: Set<Channel>? = nil,
        limits: [String: Int] = [:],
        values: [String: Set<JSONValue>] = [:],
        needs: Needs? = Needs.nothing
    ) -> Rule {
        Rule(
            name: name,
            effect: .allow,
            rights: rights,
            who: [who],
            clusters: env.map { .init(labels: ["env": [$0]]) },
            channels: channels,
            limits: limits,
            values: values,
            needs: needs
        )
    }

    private func say(_ line: String, by person: Person = .amy, _ rules: [Rule], in channel: Channel = .ops) async throws
        -> [String]
    {
        var lines: [String] = []
        var changed = TestRules()
        changed.rules = rules
        try await EngineHarness.run(changed, isRunning: false) { bot in
            lines = try await bot.say(line, by: person, in: channel).split(separator: "\n").map(String.init)
        }
        return lines
    }

    @Test func eachKindOfNeedsIsALineWithItsLimits() async throws {
        let rules = [
            Self.rule("a", ["scale_cluster"], env: "dev", limits: ["additional_nodes": 8]),
            Self.rule("b", ["scale_cluster"], env: "dev", needs: TestRules.approvals(("leads", 1))),
            Self.rule(
                "c",
                ["update_image"],
                env: "dev",
                values: ["image_version_id": [.int(77), .int(81)]],
                needs: .confirmation
            ),
            Self.rule("d", ["restart_workers"], env: "dev", needs: .nothing),
        ]
        #expect(
            try await say("may", rules) == [
                "43 dev-train, 53 dev-two: scale (up to 8), restart workers – runs at once",
                "43 dev-train, 53 dev-two: image (only 77, 81) – you confirm",
                "43 dev-train, 53 dev-two: scale – a lead approves",
            ]
        )
    }

    @Test func oneClusterIsAnsweredAlone() async throws {
        let rules = [Self.rule("a", ["restart_workers"]), Self.rule("b", ["scale_cluster"], env: "prod")]
        #expect(try await say("42 may", rules) == ["42 prod-train: scale, restart workers – runs at once"])
        #expect(try await say("dev-train may", rules) == ["43 dev-train: restart workers – runs at once"])
    }

    /// What is allowed without bounds for less makes the rest pointless.
    @Test func whatAnotherRuleMakesPointlessIsLeftOut() async throws {
        let rules = [
            Self.rule("a", ["scale_cluster"], env: "dev"),
            Self.rule("b", ["scale_cluster"], env: "dev", limits: ["additional_nodes": 2]),
            Self.rule("c", ["scale_cluster"], env: "dev", needs: TestRules.approvals(("leads", 1))),
        ]
        #expect(try await say("43 may", rules) == ["43 dev-train: scale – runs at once"])
    }

    @Test func whereNothingIsAllowedItSaysWhere() async throws {
        let rules = [Self.rule("a", ["restart_workers"], env: "dev", in: [.lab])]
        let lines = try await say("may", rules)
        #expect(lines.first == "You may change nothing from here. In slack:T1/C0LAB you may:")
        #expect(lines.dropFirst() == ["43 dev-train, 53 dev-two: restart workers – runs at once"])
        let more = try await say("may", rules + [Self.rule("b", ["scale_cluster"], env: "dev")])
        #expect(more.last == "In slack:T1/C0LAB you may do more.")
    }

    @Test func whereNothingIsAllowedAnywhereItSaysWhomToAsk() async throws {
        let nothing = "You may change nothing. Ask #platform-help if that is wrong."
        #expect(try await say("may", by: .eve, [Self.rule("a", ["restart_workers"])]) == [nothing])
        let forbid = Rule(name: "no", effect: .forbid, rights: ["restart_workers"], who: [.everyone])
        #expect(try await say("may", [Self.rule("a", ["restart_workers"]), forbid]) == [nothing])
    }

    @Test func otherRightsAreNamed() async throws {
        let rules = [Self.rule("a", [Right.resolve, Right.release, Right.lock], who: .group("leads"))]
        #expect(
            try await say("may", by: .bob, rules) == [
                "Besides: settle unknown outcomes (resolve), lock clusters (lock), let changes be sent again (release)."
            ]
        )
    }

    /// Few lines, however many clusters there are.
    @Test func manyClustersAreFewLines() async throws {
        var rules = TestRules()
        rules.clusters = (1...40).map { number in
            Cluster(id: number, name: "c-\(number)", project: "p", labels: ["env": "e\(number)"])
        }
        rules.rules = rules.clusters.map { cluster in
            Self.rule(
                "r\(cluster.id)",
                ["scale_cluster"],
                env: cluster.labels["env"],
                limits: ["additional_nodes": cluster.id]
            )
        }
        try await EngineHarness.run(rules, isRunning: false) { bot in
            let lines = try await bot.say("may").split(separator: "\n")
            #expect(lines.count == 9)
            #expect(lines.last == "… and 32 more lines; name a cluster: 1 may")
        }
    }

    @Test func whatCannotBeReadIsNotTold() async throws {
        let secret = Rule(
            name: "secret",
            effect: .forbid,
            rights: [Right.read],
            who: [.everyone],
            clusters: .init(labels: ["env": ["prod"]])
        )
        let lines = try await say("may", [Self.rule("a", ["restart_workers"]), secret])
        #expect(!lines.joined().contains("prod-train"))
        #expect(
            try await say("42 may", [secret]) == ["The rule “secret” forbids it. Ask #platform-help if that is wrong."]
        )
    }
}
