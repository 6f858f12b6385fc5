import Foundation
import GRDB
import Sandbox
import TestSupport
import Testing

/// The process dies while a cluster is followed: before it has looked, when it has, and in the transaction that ends the
/// following. The next one goes on with it, and it ends once.
@Suite(.timeLimit(.minutes(20)))
struct FollowingCrashTests {
    /// Where the second process dies; the first dies when the restart has succeeded and nobody has looked yet.
    static let deaths = [
        "followingRead:1", "followedInTransaction:1", "followedInTransaction:1,commitBegins:1",
        "followedInTransaction:1,commitDone:1",
    ]

    @Test(arguments: deaths)
    func aClusterIsFoundToRunOnce(at steps: String) async throws {
        let world = try await follow(
            dying: steps,
            restartTakes: .zero,
            for: .seconds(150),
            until: "It runs after 2 min"
        )
        // An edit, and nobody is called for it.
        #expect(Self.lines("⏳", await world.slack.state) == [])
        try await world.end()
    }

    @Test(arguments: deaths)
    func aClusterThatDoesNotComeBackIsToldOnce(at steps: String) async throws {
        let end = "It does not run again 30 min later"
        let world = try await follow(dying: steps, restartTakes: .seconds(3600), for: .seconds(1801), until: end)
        let lines = Self.lines("⏳", await world.slack.state)
        #expect(lines.count == 1)
        #expect(lines[0].contains("<@U0AMY>") && lines[0].contains(end), "\(lines)")
        try await world.end()
    }

    /// Returns the world after everything.
    /// - Parameter time: for how long the cluster has been followed, for all that the later processes can know.
    private func follow(
        dying steps: String,
        restartTakes: Duration,
        for time: Duration,
        until end: String
    ) async throws -> World {
        var settings = CloudSettings()
        settings.restartTakes = restartTakes
        let world = try await World(settings: settings)
        let file = world.folder.file("clusterbot.db")
        let service = try await MortalService(world, dying: "outcomeCommitted:1", steps) {
            try DatabaseQueue(path: file).write { db in
                let since = Date(timeIntervalSinceNow: -(time / .seconds(1)))
                try db.execute(
                    sql: "UPDATE following SET since = ?",
                    arguments: [Int(since.timeIntervalSince1970 * 1000)]
                )
            }
        }
        try await world.amy("/cluster 43 restart workers")
        try await world.sees(end)
        try await world.slack.waitUntil("a line to amy", within: .patience) { !Self.lines("✅", $0).isEmpty }
        try await world.slack.waitUntil("all to be told", within: .patience) { state in
            restartTakes == .zero || !Self.lines("⏳", state).isEmpty
        }
        // Slack may have taken the one of which the process that died did not know.
        #expect(Self.lines("✅", await world.slack.state).count <= 2)
        #expect(await service.deaths == 2, "it did not die twice")
        let left = try await DatabaseQueue(path: file).read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM following")
        }
        #expect(left == 0)
        #expect(try await service.stop() == 0)
        #expect(try await world.kinds() == ["requested", "planned", "sending", "succeeded", "followed"])
        #expect(await world.cloud.actions.count == 1)
        return world
    }

    /// The new lines about the change that begin with a sign; not its card.
    private static func lines(_ sign: String, _ state: SlackState) -> [String] {
        state.messages(in: "C0OPS").filter { $0.text.hasPrefix("\(sign) *#1* ") }.map(\.readable)
    }
}
