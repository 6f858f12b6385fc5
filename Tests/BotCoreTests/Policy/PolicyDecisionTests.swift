import BotCore
import Testing

struct PolicyDecisionTests {
    private let oneLead = Needs.approvals(ApprovalNeeds(entries: [.init(from: "leads", count: 1)]))

    @Test func withoutARuleEverythingIsRefused() {
        for spec in ActionCatalogue.all {
            let refusal = Samples.policy([]).decide(Samples.request(spec.name)).refusal
            #expect(refusal?.rule == nil)
            #expect(refusal?.reason == "No rule allows amy `\(spec.words.joined(separator: " "))` on 42 prod-train.")
        }
    }

    @Test func aRuleAllowsOnlyTheRightsThatItNames() {
        let policy = Samples.policy([Samples.allow("scale", ["scale_cluster", "update_image"])])
        #expect(policy.decide(Samples.request("scale_cluster")) == .allowed([Permit(rule: "scale", needs: .nothing)]))
        #expect(policy.decide(Samples.request("update_image")).isAllowed)
        #expect(!policy.decide(Samples.request("restart_cluster")).isAllowed)
        #expect(!policy.decide(Samples.request("resolve")).isAllowed)
    }

    @Test func whatIsForbiddenIsRefusedWithTheNameOfTheRule() {
        let policy = Samples.policy([Samples.allow(), Samples.forbid("never")], contact: "#help")
        let refusal = policy.decide(Samples.request()).refusal
        #expect(refusal == Refusal(reason: "The rule “never” forbids it.", rule: "never", contact: "#help"))
    }

    @Test(arguments: ["scale_cluster", "resolve", "read"]) func anUnlistedAccountIsRefusedEvenWhereEveryoneMay(
        _ right: String
    ) {
        let policy = Samples.policy([Samples.allow("all", ["scale_cluster", "resolve", "read"], who: [.everyone])])
        let refusal = policy.decide(Samples.request(right, by: Samples.stranger)).refusal
        #expect(refusal?.reason.contains("to add `slack:T0001/U0EVE`.") == true)
        #expect(policy.decide(Samples.request(right, by: Samples.amy)).isAllowed)
    }

    @Test func theNameThatThePlatformShowsGivesNoRight() {
        // The stranger calls himself amy.
        let policy = Samples.policy([Samples.allow(who: [.person("amy"), .group("amy")])], groups: ["amy": ["amy"]])
        #expect(!policy.decide(Samples.request(by: Samples.stranger)).isAllowed)
    }

    @Test func theBotItselfHasNoRights() {
        #expect(!Samples.policy([Samples.allow(who: [.everyone])]).decide(Samples.request(by: .bot)).isAllowed)
    }

    @Test(
        arguments: [
            ([.everyone], true), ([.group("engineers")], true), ([.group("leads")], false), ([.group("nobody")], false),
            ([.person("amy")], true), ([.person("bob")], false), ([.person("Amy")], false), ([.group("amy")], false),
            ([], false),
            ([.group("leads"), .person("amy")], true),
        ] as [(Set<Rule.Subject>, Bool)]
    )
    func aRuleSpeaksOfItsPeopleOnly(_ who: Set<Rule.Subject>, _ isAllowed: Bool) {
        #expect(Samples.policy([Samples.allow(who: who)]).decide(Samples.request()).isAllowed == isAllowed)
        let forbidding = Samples.policy([Samples.allow(), Samples.forbid(who: who)])
        #expect(forbidding.decide(Samples.request()).isAllowed == !isAllowed)
    }

    @Test(
        arguments: [
            (nil, true), ([Samples.ops], true), ([Samples.random, Samples.ops], true), ([Samples.random], false),
            ([], false),
        ]
            as [(Set<Channel>?, Bool)]
    )
    func aRuleCountsWhereItSaysOnly(_ channels: Set<Channel>?, _ isAllowed: Bool) {
        let decision = Samples.policy([Samples.allow("here", channels: channels)]).decide(Samples.request())
        #expect(decision.isAllowed == isAllowed)
        if !isAllowed {
            #expect(decision.refusal?.reason.contains("“here” allows it, but not in this channel") == true)
        }
        let forbidding = Samples.policy([Samples.allow(), Samples.forbid(channels: channels)])
        #expect(forbidding.decide(Samples.request()).isAllowed == !isAllowed)
    }

    @Test func aRuleForAChannelDoesNotCountWhereThereIsNone() {
        let policy = Samples.policy([Samples.allow(channels: [Samples.ops])])
        #expect(!policy.decide(Samples.request(in: nil)).isAllowed)
    }

    @Test func aRuleForClustersDoesNotCountWhereThereIsNone() {
        let policy = Samples.policy([Samples.allow(clusters: .init())])
        #expect(!policy.decide(Samples.request(on: nil)).isAllowed)
        #expect(policy.decide(Samples.request()).isAllowed)
    }

    @Test func severalRulesAreAlternatives() {
        let policy = Samples.policy([
            Samples.allow("a", needs: oneLead), Samples.allow("b", needs: .confirmation),
            Samples.allow("c", who: [.person("bob")]),
        ])
        #expect(
            policy.decide(Samples.request())
                == .allowed([Permit(rule: "a", needs: oneLead), Permit(rule: "b", needs: .confirmation)])
        )
    }

    @Test(arguments: ActionCatalogue.all.map(\.name)) func whatARuleDoesNotSayIsTheActionsDefault(_ action: String) {
        let usual = ApprovalNeeds(entries: [.init(from: "leads", count: 1)])
        let policy = Samples.policy([Samples.allow("r", [action], needs: nil)], approvalDefault: usual)
        let destructive = [
            "restart_workers", "restart_cluster", "update_image", "update_ssh_keys", "detach_ip",
            "remove_security_group",
        ]
        let expected: Needs =
            if destructive.contains(action) {
                .approvals(usual)
            } else if ["scale_cluster", "attach_ip"].contains(action) {
                .confirmation
            } else {
                .nothing
            }
        #expect(policy.decide(Samples.request(action)) == .allowed([Permit(rule: "r", needs: expected)]))
    }

    @Test func withoutADefaultADestructiveActionIsRefused() {
        let policy = Samples.policy([Samples.allow("r", ["restart_cluster", "scale_cluster"], needs: nil)])
        let refusal = policy.decide(Samples.request("restart_cluster")).refusal
        #expect(refusal?.reason.contains("`approval_default`") == true)
        #expect(policy.decide(Samples.request("scale_cluster")).isAllowed)
    }

    @Test func whatIsDestructiveIsConfigured() {
        let usual = ApprovalNeeds(entries: [.init(from: "leads", count: 2)])
        let policy = Samples.policy(
            [Samples.allow("r", ["scale_cluster", "restart_cluster"], needs: nil)],
            destructive: ["scale_cluster"],
            approvalDefault: usual
        )
        #expect(policy.decide(Samples.request("scale_cluster")).permits?.first?.needs == .approvals(usual))
        #expect(policy.decide(Samples.request("restart_cluster")).permits?.first?.needs == .nothing)
    }

    @Test func needsThatARuleSaysBeatTheDefault() {
        let policy = Samples.policy(
            [Samples.allow("r", ["restart_cluster"], needs: .nothing)],
            approvalDefault: ApprovalNeeds(entries: [.init(from: "leads", count: 1)])
        )
        #expect(policy.decide(Samples.request("restart_cluster")).permits?.first?.needs == .nothing)
    }

    @Test func anAccountIsThePersonWhoListsIt() {
        let policy = Samples.policy([])
        let account = Account(platform: "slack", workspace: "T0001", user: "U0AMY")
        #expect(policy.actor(account, name: "Anna") == Actor(person: "amy", account: account, name: "Anna"))
        let elsewhere = Account(platform: "slack", workspace: "T0002", user: "U0AMY")
        #expect(policy.actor(elsewhere, name: "amy").person == nil)
    }
}
