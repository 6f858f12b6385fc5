import BotCore
import TestSupport
import Testing

/// The order of rules decides nothing: forbid beats allow wherever it stands.
struct PolicyOrderTests {
    private func rule(_ index: Int, _ random: inout SplitMix64) -> Rule {
        let who: [Set<Rule.Subject>] = [
            [.everyone], [.group("engineers")], [.group("leads")], [.person("amy")], [.person("bob")],
            [.group("none"), .person("bob")],
        ]
        let selectors: [Rule.ClusterSelector?] = [
            nil, .init(ids: [42]), .init(names: ["dev-*"]), .init(labels: ["env": ["prod", "test"]]),
            .init(labels: ["zone": ["a"]]),
        ]
        let channels: [Set<Channel>?] = [nil, nil, [Samples.ops], [Samples.random]]
        let limits: [[String: Int]] = [[:], [:], ["additional_nodes": 3], ["additional_nodes": 8]]
        let isForbidding = Int.random(in: 0..<4, using: &random) == 0
        if Int.random(in: 0..<5, using: &random) == 0 {
            let from = ["leads", "engineers"].randomElement(using: &random) ?? ""
            return Samples.require(
                "rule \(index)",
                [(from, Int.random(in: 1...2, using: &random))],
                who: who.randomElement(using: &random) ?? [],
                clusters: selectors.randomElement(using: &random) ?? nil
            )
        }
        return Rule(
            name: "rule \(index)",
            effect: isForbidding ? .forbid : .allow,
            rights: Bool.random(using: &random) ? ["scale_cluster"] : ["scale_cluster", "restart_cluster"],
            who: who.randomElement(using: &random) ?? [],
            clusters: selectors.randomElement(using: &random) ?? nil,
            channels: channels.randomElement(using: &random) ?? nil,
            limits: isForbidding ? [:] : limits.randomElement(using: &random) ?? [:],
            needs: [Needs.nothing, .confirmation, nil].randomElement(using: &random) ?? nil
        )
    }

    @Test func shufflingTheRulesNeverChangesTheDecision() {
        var random = SplitMix64(seed: 42)
        var allowed = 0
        var forbidden = 0
        for _ in 0..<400 {
            let rules = (0..<Int.random(in: 1...7, using: &random)).map { rule($0, &random) }
            let request = Samples.request(
                Bool.random(using: &random) ? "scale_cluster" : "restart_cluster",
                by: Bool.random(using: &random) ? Samples.amy : Samples.bob,
                in: Bool.random(using: &random) ? Samples.ops : Samples.random,
                on: Bool.random(using: &random) ? Samples.prod : Samples.dev,
                ["additional_nodes": .int(Int.random(in: 1...10, using: &random))]
            )
            let decision = Samples.policy(rules).decide(request)
            allowed += decision.isAllowed ? 1 : 0
            forbidden += decision.refusal?.rule == nil ? 0 : 1
            for _ in 0..<4 {
                let other = Samples.policy(rules.shuffled(using: &random)).decide(request)
                #expect(other.permits.map(Set.init) == decision.permits.map(Set.init))
                #expect((other.refusal?.rule == nil) == (decision.refusal?.rule == nil))
            }
        }
        // Each kind of decision was among them.
        #expect(allowed > 40)
        #expect(forbidden > 20)
        #expect(400 - allowed - forbidden > 40)
    }

    @Test func anAllowingRuleMoreNeverLiftsAProhibition() {
        var random = SplitMix64(seed: 43)
        for _ in 0..<200 {
            var rules = (0..<5).map { rule($0, &random) }
            rules.insert(Samples.forbid("wall"), at: Int.random(in: 0...5, using: &random))
            #expect(!Samples.policy(rules).decide(Samples.request()).isAllowed)
        }
    }
}
