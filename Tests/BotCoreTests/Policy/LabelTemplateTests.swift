import BotCore
import Testing

/// Names of groups and channels in which `{label}` stands for a value of the target's.
struct LabelTemplateTests {
    // MARK: The name

    @Test(arguments: [
        ("{team}", "vision"), ("{team}-leads", "vision-leads"), ("all-{team}", "all-vision"),
        ("{team}-{env}", "vision-prod"), ("{env}{team}", "prodvision"), ("a-{team}-b-{team}", "a-vision-b-vision"),
    ])
    func eachLabelIsReplaced(_ name: String, _ filled: String) {
        #expect(LabelTemplate.name(name, on: Samples.prod) == filled)
        #expect(LabelTemplate(name)?.filled(for: Samples.prod) == filled)
    }

    @Test(arguments: [
        "{region}", "{team}-{region}", "{Team}", "{}", "{ team }", "{team", "team}", "{{team}}", "{te{am}}",
    ])
    func whatCannotBeFilledStandsForItself(_ name: String) {
        #expect(LabelTemplate.name(name, on: Samples.prod) == name)
    }

    @Test func aNameWithoutLabelsAndAQuestionWithoutClusterLeaveItAsItIs() {
        #expect(LabelTemplate.name("leads", on: Samples.prod) == "leads")
        #expect(LabelTemplate.name("{team}", on: nil) == "{team}")
        #expect(LabelTemplate("leads") == nil)
        #expect(LabelTemplate("{team}-{env}")?.labels == ["team", "env"])
    }

    // MARK: Decisions

    private static let groups: [String: Set<String>] = [
        "vision": ["amy"], "nlp": ["bob"], "vision-leads": ["carl"], "nlp-leads": ["dora"],
    ]
    private static let bare = Cluster(id: 44, name: "bare", project: "nlp", labels: [:])
    private static let odd = Cluster(id: 45, name: "odd", project: "nlp", labels: ["team": "everyone"])
    private static let teams: Set<Rule.Subject> = [.group("{team}")]

    private func decide(
        _ rules: [Rule],
        by actor: Actor = Samples.amy,
        on cluster: Cluster? = Samples.prod,
        right: String = "scale_cluster",
        in channel: Channel? = Samples.ops,
        channels: [String: Channel] = [:],
        approvalDefault: ApprovalNeeds? = nil
    ) -> Decision {
        let policy = Policy(
            people: [:],
            groups: Self.groups,
            rules: rules,
            channels: channels,
            approvalDefault: approvalDefault,
            digest: "d"
        )
        return policy.decide(Samples.request(right, by: actor, in: channel, on: cluster, [:]))
    }

    @Test func aRuleSpeaksOfTheGroupOfTheTarget() {
        let rules = [Samples.allow(who: Self.teams)]
        #expect(decide(rules, by: Samples.amy, on: Samples.prod).isAllowed)
        #expect(!decide(rules, by: Samples.amy, on: Samples.dev).isAllowed)
        #expect(decide(rules, by: Samples.bob, on: Samples.dev).isAllowed)
    }

    /// A label that is not there, a group that is not there, a value that looks like a word of rules, no cluster at all.
    @Test(arguments: [Self.bare, Self.odd, Cluster(id: 46, name: "new", project: "p", labels: ["team": "robots"]), nil])
    func aTemplateNeverWidensWhatIsAllowed(_ cluster: Cluster?) {
        #expect(!decide([Samples.allow(who: Self.teams)], on: cluster).isAllowed)
    }

    @Test(arguments: [Self.bare, Self.odd]) func whatForbidsByItForbidsEverybodyWhereItCannotBeFilled(
        _ cluster: Cluster
    ) {
        let all = Samples.allow(who: [.everyone])
        #expect(!decide([all, Samples.forbid(who: Self.teams)], on: cluster).isAllowed)
        #expect(decide([all, Samples.forbid(who: Self.teams)], by: Samples.bob, on: Samples.prod).isAllowed)
        #expect(!decide([all, Samples.forbid(who: Self.teams)], on: Samples.prod).isAllowed)
    }

    @Test func approvalsComeFromTheGroupOfTheTarget() {
        let needs = Needs.approvals(ApprovalNeeds(entries: [.init(from: "{team}-leads", count: 1)]))
        let rules = [Samples.allow(who: [.everyone], needs: needs)]
        for (cluster, group) in [(Samples.prod, "vision-leads"), (Samples.dev, "nlp-leads")] {
            let asked = Needs.approvals(ApprovalNeeds(entries: [.init(from: group, count: 1)]))
            #expect(decide(rules, on: cluster).permits?.map(\.needs) == [asked])
        }
    }

    /// Nobody is in a group whose name is not known.
    @Test func approvalsThatCannotBeFilledAreNeverGiven() throws {
        let needs = ApprovalNeeds(entries: [.init(from: "{team}-leads", count: 1)])
        let found = decide([Samples.allow(who: [.everyone], needs: .approvals(needs))], on: Self.bare).permits?.first?
            .needs
        guard case .approvals(let asked)? = found else { throw Missing() }
        #expect(!asked.areMet(by: ["amy", "bob", "carl", "dora"]) { Self.groups[$0] ?? [] })
    }

    private struct Missing: Error {}

    @Test func theDefaultIsFilledToo() {
        let found = decide(
            [Samples.allow("a", ["restart_cluster"], who: [.everyone], needs: nil)],
            right: "restart_cluster",
            approvalDefault: ApprovalNeeds(entries: [.init(from: "{team}-leads", count: 1)])
        )
        #expect(
            found.permits?.first?.needs == .approvals(ApprovalNeeds(entries: [.init(from: "vision-leads", count: 1)]))
        )
    }

    @Test func aFloorIsFilledAndStandsUnderEverybodyWhereItCannotBe() {
        let all = Samples.allow(who: [.everyone])
        let floor = Samples.require("floor", [("{team}-leads", 1)], who: Self.teams)
        #expect(decide([all, floor], by: Samples.bob).permits?.first?.needs == .nothing)
        #expect(
            decide([all, floor]).permits?.first?.needs
                == .approvals(ApprovalNeeds(entries: [.init(from: "vision-leads", count: 1)]))
        )
        #expect(decide([all, floor], by: Samples.bob, on: Self.bare).permits?.first?.needs != .nothing)
    }

    @Test func channelsAreThoseOfTheTarget() {
        let channels = ["vision-ops": Samples.ops, "nlp-ops": Samples.random]
        let rule = Rule(
            name: "a",
            effect: .allow,
            rights: ["scale_cluster"],
            who: [.everyone],
            channelTemplates: ["{team}-ops"],
            needs: .nothing
        )
        func isAllowed(_ cluster: Cluster?, _ channel: Channel) -> Bool {
            decide([rule], on: cluster, in: channel, channels: channels).isAllowed
        }
        #expect(isAllowed(Samples.prod, Samples.ops) && isAllowed(Samples.dev, Samples.random))
        #expect(!isAllowed(Samples.prod, Samples.random) && !isAllowed(Samples.dev, Samples.ops))
        #expect(!isAllowed(Self.bare, Samples.ops) && !isAllowed(nil, Samples.ops))
    }

    @Test func whatForbidsInAChannelThatCannotBeFilledForbidsEverywhere() {
        let forbid = Rule(
            name: "f",
            effect: .forbid,
            rights: ["scale_cluster"],
            who: [.everyone],
            channelTemplates: ["{team}-ops"]
        )
        let rules = [Samples.allow(who: [.everyone]), forbid]
        let channels = ["vision-ops": Samples.ops]
        #expect(!decide(rules, channels: channels).isAllowed)
        #expect(decide(rules, in: Samples.random, channels: channels).isAllowed)
        #expect(!decide(rules, on: Self.bare, in: Samples.random, channels: channels).isAllowed)
    }
}
