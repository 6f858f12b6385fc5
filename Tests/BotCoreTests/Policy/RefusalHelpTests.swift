import BotCore
import Testing

/// Whom a refusal names.
struct RefusalHelpTests {
    private static func policy(_ names: [String], _ rules: [Rule], contact: String? = nil) -> Policy {
        Policy(
            people: Dictionary(
                uniqueKeysWithValues: (["amy"] + names).map {
                    (Account(platform: "slack", workspace: "T0001", user: "U\($0.uppercased())"), $0)
                }
            ),
            groups: ["leads": Set(names)],
            rules: rules,
            contact: contact,
            digest: "d"
        )
    }

    private static let byLeads = Samples.allow(who: [.group("leads")])

    private func sentence(_ policy: Policy) -> String? {
        let request = Policy.Request(
            actor: Samples.amy,
            channel: Samples.ops,
            right: "scale_cluster",
            cluster: Samples.prod,
            parameters: ["additional_nodes": .int(4)]
        )
        return policy.decide(request).refusal?.sentence
    }

    @Test func namesAFewPeopleAndTheContact() {
        let names = ["bob", "carl", "dora", "eve"]
        #expect(sentence(Self.policy(names, [Self.byLeads]))?.hasSuffix(" Ask bob, carl or dora, who may.") == true)
        let both = sentence(Self.policy(["bob"], [Self.byLeads], contact: "#help"))
        #expect(both?.hasSuffix(" Ask bob, who may, or #help.") == true)
        #expect(sentence(Self.policy([], [], contact: "#help"))?.hasSuffix(" Ask #help if that is wrong.") == true)
    }

    @Test func namesNobodyWhoMayNotReadTheCluster() {
        let forbidden = Samples.forbid("unseen", [Right.read], who: [.person("bob")])
        let names = sentence(Self.policy(["bob", "carl"], [Self.byLeads, forbidden]))
        #expect(names?.hasSuffix(" Ask carl, who may.") == true)
    }

    /// Where nobody may, a refusal is made as fast as any.
    @Test func looksAtNoMoreThanAHundredPeople() {
        let many = (100..<200).map { "a\($0)" }
        let forbidden = many.map { Samples.forbid("not \($0)", who: [.person($0)]) }
        func named(_ count: Int) -> Bool {
            let rules = [Self.byLeads] + forbidden.prefix(count)
            return sentence(Self.policy(many.prefix(count) + ["zoe"], rules))?.contains("Ask zoe") == true
        }
        #expect(named(99))
        #expect(!named(100))
    }
}
