import BotCore
import Testing

/// Rules that add approvals to whatever another rule asks.
struct PolicyFloorTests {
    private func needs(_ entries: [(from: String, count: Int)], within: Duration = ApprovalNeeds.usualWithin) -> Needs {
        .approvals(ApprovalNeeds(entries: entries.map { .init(from: $0.from, count: $0.count) }, within: within))
    }

    private func asked(_ rules: Rule..., request: Policy.Request = Samples.request()) -> [Needs]? {
        Samples.policy(rules).decide(request).permits?.map(\.needs)
    }

    @Test(arguments: [Needs.nothing, .confirmation]) func raisesWhatNeedsNobody(needs least: Needs) {
        let found = asked(Samples.allow(needs: least), Samples.require("floor", [("managers", 1)]))
        #expect(found == [needs([("managers", 1)])])
    }

    /// What asks the group alone is stricter than what asks a further group as well: it meets such a floor, and takes the
    /// place of such an entry. Neither makes it two people.
    @Test func isOneSeatWithAFurtherGroupOrWithout() {
        let then = ApprovalNeeds.FurtherGroup(after: .seconds(600), from: "managers")
        let alone = ApprovalNeeds(entries: [.init(from: "leads", count: 1)])
        let loose = ApprovalNeeds(entries: [.init(from: "leads", count: 1, then: then)])
        func raised(_ needs: ApprovalNeeds, by floor: ApprovalNeeds) -> [Needs]? {
            let rule = Rule(
                name: "floor",
                effect: .require,
                rights: [Samples.request().right],
                who: [.everyone],
                needs: .approvals(floor)
            )
            return asked(Samples.allow(needs: .approvals(needs)), rule)
        }
        #expect(raised(alone, by: loose) == [.approvals(alone)])
        #expect(raised(loose, by: alone) == [.approvals(alone)])
        #expect(raised(loose, by: loose) == [.approvals(loose)])
    }

    @Test func comesToWhatIsAskedAlready() {
        let found = asked(Samples.allow(needs: needs([("leads", 1)])), Samples.require("floor", [("managers", 1)]))
        #expect(found == [needs([("leads", 1), ("managers", 1)])])
    }

    /// A floor is met by what asks as much of the same group.
    @Test func asksNoGroupTwice() {
        let floor = Samples.require("floor", [("leads", 2)])
        #expect(asked(Samples.allow(needs: needs([("leads", 1)])), floor) == [needs([("leads", 2)])])
        #expect(asked(Samples.allow(needs: needs([("leads", 3)])), floor) == [needs([("leads", 3)])])
    }

    /// Two entries of one floor are two people.
    @Test func asksForEachOfItsEntries() {
        let floor = Samples.require("floor", [("leads", 1), ("leads", 1)])
        #expect(asked(Samples.allow(needs: needs([("leads", 1)])), floor) == [needs([("leads", 2)])])
        #expect(asked(Samples.allow(needs: needs([("owners", 1)])), floor) == [needs([("owners", 1), ("leads", 2)])])
    }

    /// Forgotten for one of them, it would be no floor.
    @Test func standsUnderEveryRuleThatAllows() {
        let found = asked(
            Samples.allow("a", needs: .nothing),
            Samples.allow("b", needs: needs([("leads", 1)])),
            Samples.require("floor", [("managers", 1)])
        )
        #expect(found == [needs([("managers", 1)]), needs([("leads", 1), ("managers", 1)])])
    }

    @Test func everyOneThatFitsCounts() {
        let found = asked(
            Samples.allow(needs: .nothing),
            Samples.require("b", [("owners", 1)], within: .seconds(60)),
            Samples.require("a", [("managers", 1)])
        )
        #expect(found == [needs([("managers", 1), ("owners", 1)], within: .seconds(60))])
    }

    @Test func isAboutItsActionsClustersAndPeopleOnly() {
        let elsewhere = [
            Samples.require("action", [("managers", 1)], ["restart_cluster"]),
            Samples.require("cluster", [("managers", 1)], clusters: .init(labels: ["env": ["dev"]])),
            Samples.require("people", [("managers", 1)], who: [.group("leads")]),
        ]
        for rule in elsewhere { #expect(asked(Samples.allow(needs: .nothing), rule) == [.nothing], "\(rule.name)") }
    }

    @Test func allowsNothingByItself() {
        #expect(asked(Samples.require("floor", [("managers", 1)])) == nil)
    }

    @Test func isNamedBesideTheRuleThatAllows() {
        let policy = Samples.policy([Samples.allow("a"), Samples.require("floor", [("managers", 1)])])
        #expect(policy.decide(Samples.request()).permits?.first?.sentence == "the rule “a” together with “floor”")
        #expect(policy.decide(Samples.request()).permits?.first?.rule == "a")
    }
}
