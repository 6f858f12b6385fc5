import CurlHTTP
import Sandbox
import TestSupport
import Testing

/// The promise of the README: typed, confirmed, agreed to, sent once, told.
@Suite(.timeLimit(.minutes(20)))
struct MainJobTests {
    @Test func aScaleIsConfirmedSentOnceAndToldWithItsPlaceInTheHistory() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 42 scale 4")
        try await world.sees("+4 nodes on prod-train, 8 → 12")
        #expect(await world.cloud.actions.isEmpty)
        try await world.click("Confirm", as: "U0AMY")
        try await world.sees("– done")
        let sent = await world.cloud.actions
        #expect(sent.count == 1)
        #expect(await world.cloud.cluster(42)?.nodes == 12)
        let result = try #require(await world.slack.messages(in: "C0OPS").last { $0.readable.contains("– done") })
        #expect(result.text.contains("#1"))
        #expect(result.buttons.isEmpty)
        #expect(result.text.firstMatch(of: /\d+:[0-9a-f]{16}$/) != nil)
        try await world.sees("#1", in: "C0HISTORY")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func aRestartWaitsForASecondPerson() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 42 restart cluster --reason “driver update”")
        try await world.sees(": approve?")
        try await world.click("Approve", as: "U0AMY")
        try await world.isTold("You asked for #1 yourself", "U0AMY")
        try await world.click("Approve", as: "U0DAVE")
        try await world.isTold("There is no change #1 for you", "U0DAVE")
        #expect(await world.cloud.actions.isEmpty)
        try await world.click("Approve", as: "U0BOB")
        try await world.sees("– done")
        #expect(await world.cloud.actions.map(\.action) == ["restart_cluster"])
        let listed = try await world.run("changes", "list", "--json")
        let changes = try #require(try json(listed.output).array)
        #expect(changes[0]["reason"]?.string == "driver update")
        #expect(changes[0]["approvals"]?[0]?["person"]?.string == "bob")
        #expect(changes[0]["state"]?.string == "succeeded")
        #expect(changes[0]["how_known"]?.string == "answer")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// The bot is not in the channel. Whoever asked is told so, and what came of it, through the command's own address.
    @Test func wherePostingIsImpossibleWhoeverAskedIsTold() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 43 scale 1", in: "C0RANDOM")
        try await world.isTold("/invite", "U0AMY")
        try await world.isTold("– done", "U0AMY")
        try await world.amy("/cluster 43 scale 1", in: "D0AMY")
        try await world.isTold("In a direct message I only answer questions", "U0AMY")
        try await world.amy("/cluster 43 status", in: "D0AMY")
        try await world.isTold("43 dev-train: Running", "U0AMY")
        let listed = try await world.run("changes", "list", "--json")
        let changes = try #require(try json(listed.output).array)
        #expect(changes.map { $0["state"]?.string } == ["succeeded"])
        #expect(await world.cloud.actions.count == 1)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func withoutABotTokenTheResultStillReachesTheConversation() async throws {
        let world = try await World {
            $0.replacing("{T0001: {bot_token: {env: SLACK_BOT_TOKEN}}}", with: "{T0001: {}}")
                .replacing("    history_channel: C0HISTORY\n", with: "")
        }
        let bot = try await world.startBot()
        await world.cloud.add(CloudFault(.dropAfter, method: "PUT"))
        try await world.amy("/cluster 42 scale 1 --reason \"five uses are not many\"")
        try await world.click("Confirm", as: "U0AMY")
        try await world.sees("unknown")
        try await world.sees("– done")
        #expect(await world.cloud.actions.count == 1)
        #expect(await world.slack.state.calls.allSatisfy { $0.method == "response_url" })
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func theDemoPlaysItsScript() async throws {
        let played = try await ChildProcess.run(Tools.clusterbot, ["demo", "--play"])
        #expect(played.exit == 0, "\(played.output)\n\(played.errors)")
        #expect(played.output.contains("Every step came out as it should."))
    }
}
