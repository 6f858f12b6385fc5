import BotCore
import ConfigurationTree
import Testing

@testable import BotConfiguration

/// What the configuration says of user groups, as the policy has it.
@Suite struct UserGroupReadingTests {
    private static let leads = UserGroup(platform: "slack", workspace: "T0001", id: "S0LEADS")
    private static let staff = UserGroup(platform: "slack", workspace: "T0001", id: "S0STAFF")
    private static let groups = """
        groups:
          leads: {people: [bob], slack_usergroups: ["T0001/S0LEADS"]}
          engineers: {people: [amy], groups: [leads], slack_usergroups: ["T0001/S0STAFF"]}
        """

    @Test func theyBelongToTheGroupAndToThoseAroundIt() throws {
        let loaded = try Fixture.load(Fixture.text(["groups": Self.groups]))
        #expect(loaded.problems == [] && loaded.warnings == [])
        let policy = try #require(loaded.configuration?.policy)
        #expect(policy.userGroups.inGroup == ["leads": [Self.leads], "engineers": [Self.leads, Self.staff]])
        #expect(!policy.userGroups.unlistedApprove)
        #expect(policy.members(of: "leads") == ["bob"])
        let known = policy.knowing([
            Self.leads: .members([Account("slack:T0001/U0CAROL")!, Account("slack:T0001/U0X")!])
        ])
        #expect(known.members(of: "leads") == ["bob", "carol", "slack:T0001/U0X"])
        #expect(known.members(of: "engineers") == ["amy", "bob", "carol", "slack:T0001/U0X"])
    }

    @Test func theDigestCoversThem() throws {
        func digest(_ replacing: [String: String]) throws -> String {
            try #require(try Fixture.load(Fixture.text(replacing)).configuration).policy.digest
        }
        let without = try digest([
            "groups": "groups: {leads: {people: [bob]}, engineers: {people: [amy], groups: [leads]}}"
        ])
        let with = try digest(["groups": Self.groups])
        let other = try digest(["groups": Self.groups.replacing("S0STAFF", with: "S0STUFF")])
        let unlisted = try digest(["groups": Self.groups, "contact": "unlisted_approvers: usergroups"])
        #expect(Set([without, with, other, unlisted]).count == 4)
        #expect(try digest(["groups": Self.groups, "contact": "unlisted_approvers: none"]) == with)
    }

    /// A rule about a group that only a platform knows is a rule about somebody.
    @Test func aGroupWithoutListedPeopleIsNotEmpty() throws {
        let loaded = try Fixture.load(
            Fixture.text([
                "groups": "groups: {leads: {slack_usergroups: [T0001/S0LEADS]}, engineers: {people: [amy]}}"
            ])
        )
        #expect(loaded.problems == [] && loaded.warnings == [])
    }

    @Test func approversWithoutListingNeedAUserGroup() throws {
        let loaded = try Fixture.load(Fixture.text(["contact": "unlisted_approvers: usergroups"]))
        #expect(loaded.problems == [])
        #expect(loaded.warnings.map(\.message).contains { $0.contains("no group has a user group") })
    }
}
