import BotCore
import Testing

@testable import BotEngine

@Suite("Consent")
struct ConsentTests {
    private let rules = TestRules().rulebook
    private static let oneLead = TestRules.approvals(("leads", 1), within: .seconds(600))

    private static func change(_ permits: [Needs], by requester: Person = .amy) -> Change {
        var change = Change(
            id: 1,
            cluster: TestRules.prod,
            action: "scale_cluster",
            arguments: ["additional_nodes": .int(4)],
            requester: requester.actor,
            channel: .ops,
            typedAt: ManualClock.start,
            createdAt: ManualClock.start,
            state: .pending,
            permits: permits.enumerated().map { Permit(rule: "rule \($0)", needs: $1) },
            policy: "p"
        )
        change.plan = Plan(
            change: 1,
            requester: requester.actor,
            call: ClusterCall(method: "PUT", path: "/", query: "", body: "{}"),
            before: [:],
            after: [:],
            effect: "e",
            cautions: [],
            expiresAt: nil
        )
        change.expiresAt = ManualClock.start + .seconds(1800)
        return change
    }

    private static func approval(_ person: Person, _ verdict: Approval.Verdict = .approved, of digest: String?)
        -> Approval
    {
        Approval(
            change: 1,
            actor: person.actor,
            verdict: verdict,
            comment: nil,
            digest: digest ?? "",
            at: ManualClock.start
        )
    }

    private func meets(_ needs: Needs, _ change: Change, _ approvals: Approval..., by rules: Rulebook? = nil) -> Bool {
        Consent(change: change, approvals: approvals, rules: rules ?? self.rules).meets(needs)
    }

    @Test func countsAnApprovalOfThisPlanByAMemberOfTheGroup() {
        let change = Self.change([Self.oneLead])
        #expect(meets(Self.oneLead, change, Self.approval(.bob, of: change.plan?.digest)))
        #expect(!meets(Self.oneLead, change))
        #expect(!meets(Self.oneLead, change, Self.approval(.dan, of: change.plan?.digest)))
    }

    @Test func doesNotCountAnApprovalOfAnotherPlan() {
        let change = Self.change([Self.oneLead])
        #expect(!meets(Self.oneLead, change, Self.approval(.bob, of: sha256Hex("another"))))
        var unplanned = change
        unplanned.plan = nil
        #expect(!meets(Self.oneLead, unplanned, Self.approval(.bob, of: change.plan?.digest)))
    }

    @Test func doesNotCountTheRequestersOwn() {
        let change = Self.change([Self.oneLead], by: .bob)
        #expect(!meets(Self.oneLead, change, Self.approval(.bob, of: change.plan?.digest)))
        #expect(meets(Self.oneLead, change, Self.approval(.cat, of: change.plan?.digest)))
    }

    @Test(arguments: [Approval.Verdict.denied, .confirmed])
    func countsNoOtherVerdictAsAnApproval(_ verdict: Approval.Verdict) {
        let change = Self.change([Self.oneLead])
        #expect(!meets(Self.oneLead, change, Self.approval(.bob, verdict, of: change.plan?.digest)))
    }

    @Test func doesNotCountAnAccountThatIsNoLongerListed() {
        let change = Self.change([Self.oneLead])
        var rules = TestRules()
        rules.listed.remove(.bob)
        #expect(!meets(Self.oneLead, change, Self.approval(.bob, of: change.plan?.digest), by: rules.rulebook))
    }

    @Test func doesNotCountAConfirmationByAnAccountThatIsNoLongerTheRequesters() {
        let change = Self.change([.confirmation])
        let second = Account(platform: "slack", workspace: "T1", user: "U0AMY2")
        let confirmed = Approval(
            change: 1,
            actor: Actor(person: "amy", account: second, name: "amy"),
            verdict: .confirmed,
            comment: nil,
            digest: change.plan?.digest ?? "",
            at: ManualClock.start
        )
        let rules = TestRules().rulebook
        let widened = Rulebook(
            clusters: rules.clusters,
            ipTypes: [],
            policy: Policy(
                people: rules.policy.people.merging([second: "amy"]) { $1 },
                groups: rules.policy.groups,
                rules: rules.policy.rules,
                digest: "p"
            ),
            reconcile: rules.reconcile,
            commandWords: "/cluster"
        )
        #expect(meets(.confirmation, change, confirmed, by: widened))
        #expect(!meets(.confirmation, change, confirmed, by: rules))
    }

    @Test func takesAConfirmationOnlyFromTheRequesterAndOfThisPlan() {
        let change = Self.change([.confirmation])
        let digest = change.plan?.digest
        #expect(meets(.confirmation, change, Self.approval(.amy, .confirmed, of: digest)))
        #expect(!meets(.confirmation, change, Self.approval(.bob, .confirmed, of: digest)))
        #expect(!meets(.confirmation, change, Self.approval(.amy, .confirmed, of: sha256Hex("another"))))
        #expect(!meets(.confirmation, change, Self.approval(.amy, .denied, of: digest)))
        #expect(!meets(.confirmation, change))
    }

    @Test func needsNothingWhereNothingIsNeeded() {
        #expect(meets(.nothing, Self.change([.nothing])))
    }

    @Test func isOverForAPermitWhenItsOwnTimeIs() {
        let twoOwners = TestRules.approvals(("owners", 2))
        let change = Self.change([Self.oneLead, twoOwners])
        let digest = change.plan?.digest
        let lead = Consent(change: change, approvals: [Self.approval(.bob, of: digest)], rules: rules)
        #expect(lead.metPermit(at: ManualClock.start + .milliseconds(599_999))?.rule == "rule 0")
        #expect(lead.metPermit(at: ManualClock.start + .seconds(600)) == nil)
        let owners = Consent(
            change: change,
            approvals: [Self.approval(.dan, of: digest), Self.approval(.fay, of: digest)],
            rules: rules
        )
        #expect(owners.metPermit(at: ManualClock.start + .seconds(600))?.rule == "rule 1")
        #expect(owners.metPermit(at: ManualClock.start + .seconds(1800)) == nil)
    }
}
