import BotCore
import Testing

struct PolicyReadingTests {
    @Test func whoeverIsListedMayReadWithoutARule() {
        #expect(Samples.policy([]).mayRead(Samples.amy, channel: Samples.ops, cluster: Samples.prod) == nil)
        #expect(Samples.policy([]).mayRead(Samples.amy, channel: nil, cluster: nil) == nil)
    }

    @Test func othersMayNotRead() {
        let policy = Samples.policy([Samples.allow("all", ["read"], who: [.everyone])])
        let refusal = policy.mayRead(Samples.stranger, channel: Samples.ops, cluster: Samples.prod)
        #expect(refusal?.reason.contains("not set up") == true)
    }

    @Test func readingCanBeForbiddenToPeopleClustersAndChannels() {
        func isRefused(
            _ rule: Rule,
            _ actor: Actor = Samples.amy,
            _ cluster: Cluster = Samples.prod,
            _ channel: Channel = Samples.ops
        )
            -> Bool
        {
            Samples.policy([rule]).mayRead(actor, channel: channel, cluster: cluster) != nil
        }
        let people = Samples.forbid("r", ["read"], who: [.person("amy")])
        #expect(isRefused(people))
        #expect(!isRefused(people, Samples.bob))
        let clusters = Samples.forbid("r", ["read"], clusters: .init(labels: ["env": ["prod"]]))
        #expect(isRefused(clusters))
        #expect(!isRefused(clusters, Samples.amy, Samples.dev))
        let channels = Samples.forbid("r", ["read"], channels: [Samples.ops])
        #expect(isRefused(channels))
        #expect(!isRefused(channels, Samples.amy, Samples.prod, Samples.random))
        #expect(!isRefused(Samples.forbid("r", ["scale_cluster"])))
    }

    @Test func theRefusalNamesTheRule() {
        let refusal = Samples.policy([Samples.forbid("r", ["read"])]).mayRead(Samples.amy, channel: nil, cluster: nil)
        #expect(refusal?.rule == "r")
    }
}
