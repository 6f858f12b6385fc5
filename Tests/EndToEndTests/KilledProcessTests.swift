import Sandbox
import TestSupport
import Testing

/// The process dies with SIGKILL in the middle of a change and is started again.
@Suite(.timeLimit(.minutes(20)))
struct KilledProcessTests {
    /// When it dies: as soon as so many requests have arrived at the cloud or at Slack since the command was answered.
    enum Moment: Sendable {
        case cloud(Int)
        case slack(Int)
    }

    @Test(arguments: [Moment.cloud(0), .slack(1), .cloud(1), .cloud(2), .slack(2), .slack(3)])
    func nothingIsLostAndNothingIsSentTwice(moment: Moment) async throws {
        let world = try await World()
        var bot = try await world.startBot()
        // Needs nobody's agreement: one command runs through all stages by itself.
        try await world.amy("/cluster 43 scale 1")
        switch moment {
        case .cloud(let count):
            try await world.cloud.waitUntil("\(count) requests") { $0.received.count >= count }
        case .slack(let count):
            try await world.slack.waitUntil("\(count) calls") { $0.calls.count >= count }
        }
        try await bot.process.killNow()
        let sentBefore = await world.cloud.actions.count
        bot = try await world.startBot()
        try await world.slack.waitUntil("a verdict", within: .patience) { state in
            state.messages(in: "C0OPS").contains { $0.readable.contains("– done") || $0.readable.contains("– failed") }
        }
        let listed = try await world.run("changes", "list", "--json")
        let changes = try #require(try json(listed.output).array)
        #expect(changes.count == 1)
        let sent = await world.cloud.actions
        #expect(sent.count <= 1)
        #expect(sent.count >= sentBefore)
        let applied = sent.contains { $0.applied }
        #expect(changes[0]["state"]?.string == (applied ? "succeeded" : "failed"))
        #expect(await world.cloud.cluster(43)?.nodes == (applied ? 3 : 2))
        let verified = try await world.run("history", "verify")
        #expect(verified.exit == 0, "\(verified.output)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }
}
