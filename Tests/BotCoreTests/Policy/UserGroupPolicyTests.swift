import Testing

@testable import BotCore

/// The policy with user groups of which something is known, or nothing.
@Suite struct UserGroupPolicyTests {
    private static let call = UserGroup(platform: "slack", workspace: "T1", id: "S0CALL")
    private static let other = UserGroup(platform: "slack", workspace: "T2", id: "S0OTHER")
    private static let amy = Account(platform: "slack", workspace: "T1", user: "U0AMY")
    private static let bob = Account(platform: "slack", workspace: "T1", user: "U0BOB")
    private static let bobToo = Account(platform: "slack", workspace: "T1", user: "U0BOB2")
    private static let zoe = Account(platform: "slack", workspace: "T1", user: "U0ZOE")

    private static func policy(
        _ rules: [Rule] = [],
        unlisted: Bool = false,
        _ answers: [UserGroup: UserGroups.Answer] = [:]
    ) -> Policy {
        Policy(
            people: [amy: "amy", bob: "bob", bobToo: "bob"],
            groups: ["leads": ["amy"], "far": []],
            rules: rules,
            userGroups: UserGroups(inGroup: ["leads": [call], "far": [other]], unlistedApprove: unlisted),
            digest: ""
        ).knowing(answers)
    }

    private static func rule(_ effect: Rule.Effect, _ group: String, right: String = "scale_cluster") -> Rule {
        Rule(name: "r", effect: effect, rights: [right], who: [.group(group)], needs: Needs.nothing)
    }

    private static func request(_ account: Account, _ policy: Policy) -> Policy.Request {
        Policy.Request(actor: policy.actor(account, name: ""), channel: nil, right: "scale_cluster")
    }

    @Test func twoAccountsOfAPersonAreOneMember() {
        let policy = Self.policy([], [Self.call: .members([Self.bob, Self.bobToo, Self.zoe])])
        #expect(policy.members(of: "leads") == ["amy", "bob", "slack:T1/U0ZOE"])
        #expect(policy.approvers(in: "leads", asked: nil) == ["amy", "bob"])
        #expect(
            Self.policy([], unlisted: true, [Self.call: .members([Self.bob, Self.zoe])])
                .approvers(in: "leads", asked: nil) == ["amy", "bob", "slack:T1/U0ZOE"]
        )
    }

    @Test func whoJoinedLaterAndWhoLeftDoNotCount() {
        let policy = Self.policy([], unlisted: true, [Self.call: .members([Self.bob, Self.zoe])])
        #expect(policy.approvers(in: "leads", asked: AskedMembers([Self.call: [Self.bob]])) == ["amy", "bob"])
        #expect(
            policy.approvers(in: "leads", asked: AskedMembers([Self.call: [Self.zoe]])) == ["amy", "slack:T1/U0ZOE"]
        )
        #expect(policy.approvers(in: "leads", asked: AskedMembers()) == ["amy"])
    }

    @Test func theFirstThatIsNotedStays() {
        var asked = AskedMembers()
        asked.ask(Self.call, [Self.bob])
        asked.ask(Self.call, [Self.zoe])
        #expect(asked[Self.call] == [Self.bob])
    }

    /// Only what can make a difference is looked up.
    @Test func itHangsOnlyOnWhatIsNotSure() {
        let policy = Self.policy([Self.rule(.allow, "leads")])
        #expect(policy.hanging(on: Self.request(Self.amy, policy)).isEmpty)
        #expect(policy.hanging(on: Self.request(Self.bob, policy)) == [Self.call])
        #expect(policy.hanging(on: Self.request(Self.zoe, policy)) == [Self.call])
        let stranger = Account(platform: "slack", workspace: "T9", user: "U0")
        #expect(policy.hanging(on: Self.request(stranger, policy)).isEmpty)
        let far = Self.policy([Self.rule(.allow, "far")])
        #expect(far.hanging(on: Self.request(Self.bob, far)).isEmpty)
        let elsewhere = Self.policy([Self.rule(.allow, "leads", right: "attach_ip")])
        #expect(elsewhere.hanging(on: Self.request(Self.bob, elsewhere)).isEmpty)
        // It may speak once the cluster was read; then nobody looks up any more.
        let limited = Rule(
            name: "r",
            effect: .forbid,
            rights: ["scale_cluster"],
            who: [.group("leads")],
            limits: ["additional_nodes": 3]
        )
        let later = Self.policy([limited])
        var request = Self.request(Self.bob, later)
        request.unread = ["additional_nodes"]
        #expect(later.hanging(on: request) == [Self.call])
        let known = Self.policy([Self.rule(.allow, "leads")], [Self.call: .members([])])
        #expect(known.hanging(on: Self.request(Self.bob, known)).isEmpty)
    }

    @Test func withoutAnAnswerNobodyIsInAndEverythingThatMayForbidForbids() {
        let problem = UserGroups.Answer.failed(.refused("Give the scope."))
        let allowing = Self.policy([Self.rule(.allow, "leads")], [Self.call: problem])
        guard case .refused(let no) = allowing.decide(Self.request(Self.bob, allowing)) else {
            Issue.record("allowed without an answer")
            return
        }
        #expect(no.reason.contains("Who is in `leads` could not be looked up. Give the scope."))
        #expect(no.rule == nil)
        let everyone = Rule(
            name: "all",
            effect: .allow,
            rights: ["scale_cluster"],
            who: [.everyone],
            needs: Needs.nothing
        )
        let forbidding = Self.policy([everyone, Self.rule(.forbid, "leads")], [Self.call: problem])
        guard case .refused(let perhaps) = forbidding.decide(Self.request(Self.bob, forbidding)) else {
            Issue.record("allowed although it may be forbidden")
            return
        }
        #expect(perhaps.reason.contains("The rule “r” may forbid it."))
        let reading = Self.policy([Self.rule(.forbid, "leads", right: Right.read)], [Self.call: problem])
        #expect(reading.mayRead(reading.actor(Self.bob, name: ""), channel: nil, cluster: nil) != nil)
        #expect(reading.mayRead(reading.actor(Self.amy, name: ""), channel: nil, cluster: nil)?.rule == "r")
    }

    @Test func everyoneIsWhoeverIsListedOrInAUserGroup() {
        let everyone = Rule(name: "all", effect: .forbid, rights: ["scale_cluster"], who: [.everyone])
        let policy = Self.policy([Self.rule(.allow, "leads"), everyone], [Self.call: .members([Self.zoe])])
        guard case .refused(let refusal) = policy.decide(Self.request(Self.zoe, policy)) else {
            Issue.record("what is forbidden to everyone was allowed to an account that nobody lists")
            return
        }
        #expect(refusal.rule == "all")
        #expect(policy.mayRead(policy.actor(Self.zoe, name: ""), channel: nil, cluster: nil) == nil)
        let stranger = Account(platform: "slack", workspace: "T1", user: "U0NONE")
        #expect(policy.mayRead(policy.actor(stranger, name: ""), channel: nil, cluster: nil) != nil)
    }

    /// An account that was listed between two acts is whoever lists it by then; one that is listed no more is nobody.
    @Test func peopleAreWhoTheyAreListedAsNow() {
        let policy = Self.policy()
        let before = Actor(person: nil, account: Self.bob, name: "")
        #expect(policy.isSamePerson(before, policy.actor(Self.bobToo, name: "")))
        #expect(policy.isSamePerson(policy.actor(named: "bob"), before))
        #expect(!policy.isSamePerson(before, policy.actor(Self.amy, name: "")))
        #expect(policy.asListedNow(Actor(person: "bob", account: Self.zoe, name: "")).person == nil)
        #expect(!policy.isSamePerson(policy.actor(named: "amy"), policy.actor(named: "bob")))
    }

    @Test func whoeverIsTriedIsInTheGroupsThatAreGiven() {
        let policy = Self.policy([Self.rule(.allow, "leads")], [Self.call: .members([])])
        #expect(policy.explain(Self.request(Self.zoe, policy)).permit == nil)
        let joined = policy.adding("slack:T1/U0ZOE", to: ["leads"])
        #expect(joined.explain(Self.request(Self.zoe, joined)).permit?.rule == "r")
        let listed = policy.adding("bob", to: ["leads"])
        #expect(listed.explain(Self.request(Self.bob, listed)).permit?.rule == "r")
    }
}
