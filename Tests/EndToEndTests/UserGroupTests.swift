import CurlHTTP
import Sandbox
import TestSupport
import Testing

/// User groups of the simulated workspace, looked up by the built program over real HTTP.
@Suite(.timeLimit(.minutes(20)))
struct UserGroupTests {
    private static func configuration(_ text: String) -> String {
        text.replacing("leads: {people: [bob, carol]}", with: "leads: {slack_usergroups: [T0001/S0LEADS]}")
    }

    @Test func aMemberApprovesAndOneWhoJoinedLaterDoesNot() async throws {
        var workspace = SlackWorkspace.demo
        // More than are looked up one by one, on pages of seven.
        let others = (1...30).map { "U1\($0)" }
        workspace.people += others.map { .init(id: $0, name: $0.lowercased(), realName: $0, title: "") }
        workspace.userGroups[0].users = ["U0BOB"] + others
        workspace.mostUsersOnPage = 7
        let world = try await World(workspace: workspace, Self.configuration)
        let bot = try await world.startBot()
        try await world.amy("/cluster 42 restart cluster")
        try await world.sees("approve?")
        await world.slack.setUsers(["U0CAROL"] + others, of: "S0LEADS")
        _ = try await world.slack.send("/cluster approve 1", as: "U0DAVE", in: "C0OPS")
        try await world.isTold("no change #1 for you", "U0DAVE")
        try await world.click("Approve", as: "U0CAROL")
        try await world.isTold("you are in none of these groups", "U0CAROL")
        // Bob was in it a moment ago, and the answer is still good.
        try await world.click("Approve", as: "U0BOB")
        try await world.sees("– done")
        let calls = await world.slack.state.calls.map(\.method)
        #expect(calls.count { $0 == "users.list" } >= 5)
        let metrics = String(decoding: try await Sender(world: world, url: bot.url).get("/metrics").body, as: UTF8.self)
        #expect(metrics.contains(#"clusterbot_group_lookups_total{platform="slack",outcome="answered"}"#))
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func aMissingScopeIsNamedToWhomItConcerns() async throws {
        var workspace = SlackWorkspace.demo
        workspace.scopes.remove("usergroups:read")
        let world = try await World(workspace: workspace) {
            $0.replacing(
                "engineers: {people: [amy, bob, carol]}",
                with: "engineers: {slack_usergroups: [T0001/S0LEADS]}"
            )
        }
        let bot = try await world.startBot()
        _ = try await world.slack.send("/cluster 43 scale 1", as: "U0BOB", in: "C0OPS")
        try await world.sees("Give the Slack app the scope `usergroups:read`")
        await world.slack.setScope("usergroups:read", isGranted: true)
        // It is looked up again by itself, because somebody needed it.
        try await world.slack.waitUntil("the next look-up", within: .patience) { state in
            state.calls.contains { $0.method == "users.info" }
        }
        _ = try await world.slack.send("/cluster 43 scale 1", as: "U0BOB", in: "C0OPS")
        try await world.sees("– done")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test(arguments: [
        ("ok  ", "@leads: 2 members count", [] as [String]),
        ("FAIL", "the scope `usergroups:read`", ["usergroups:read"]),
        ("FAIL", "the scope `users:read`", ["users:read"]),
    ])
    func doctorLooksThemUp(verdict: String, words: String, missing: [String]) async throws {
        var workspace = SlackWorkspace.demo
        workspace.scopes.subtract(missing)
        let world = try await World(workspace: workspace, Self.configuration)
        let doctor = try await world.run("doctor")
        let line = doctor.output.split(separator: "\n").first { $0.contains("Slack, user group T0001/S0LEADS") }
        #expect(line?.hasPrefix(verdict) == true && line?.contains(words) == true, "\(doctor.output)")
        #expect(doctor.exit == (verdict == "FAIL" ? 1 : 0))
        try await world.end()
    }

    @Test func explainingCountsThemAsEmptyUnlessTheyAreGiven() async throws {
        let world = try await World {
            $0.replacing(
                "engineers: {people: [amy, bob, carol]}",
                with: "engineers: {slack_usergroups: [T0001/S0LEADS]}"
            )
        }
        let without = try await world.run("policy", "explain", "--as", "amy", "43 scale 1")
        #expect(without.output.contains("It is refused: No rule allows amy"))
        #expect(without.output.contains("User groups count as empty here (engineers)"))
        let with = try await world.run("policy", "explain", "--as", "amy", "--groups", "engineers", "43 scale 1")
        #expect(with.output.contains("It is allowed"))
        let account = "slack:T0001/U0NEW"
        let unlisted = try await world.run("policy", "explain", "--as", account, "--groups", "engineers", "43 scale 1")
        #expect(unlisted.output.contains("It is allowed"))
        try await world.end()
    }
}
