import Foundation
import Sandbox
import TestSupport
import Testing

/// F19: somebody takes the store's file away from the running service, or puts another in its place.
@Suite(.timeLimit(.minutes(20)))
struct StoreFileTests {
    enum Harm: String, CaseIterable {
        case removed, replacedByACopy, renamed
    }

    @Test(arguments: Harm.allCases)
    func withoutItsFileTheServiceEndsAndSendsNothing(harm: Harm) async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        let path = world.folder.file("clusterbot.db")
        switch harm {
        case .removed: try FileManager.default.removeItem(atPath: path)
        case .replacedByACopy:
            try FileManager.default.copyItem(atPath: path, toPath: path + ".copy")
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: path + ".copy", toPath: path)
        case .renamed: try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        }
        try await world.amy("/cluster 43 scale 2")
        #expect(await world.slack.state.deliveries.last?.status != 200)
        #expect(try await bot.process.exitCode() != 0)
        #expect(bot.process.seen.state.errors.contains { $0.contains("was removed or replaced") })
        #expect(await world.cloud.actions.count == 1)
        try await world.end()
    }

    /// F18: a page of a table that nobody needs yet.
    @Test func aDamagedFileEndsTheServiceBeforeAnythingIsSent() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        #expect(try await bot.stop() == 0)
        let page = try StoreView(world.folder.file("clusterbot.db")).rootPage(of: "approval")
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: world.folder.file("clusterbot.db")))
        try file.seek(toOffset: UInt64(page.number - 1) * UInt64(page.size))
        try file.write(contentsOf: Data(count: page.size))
        try file.close()

        let damaged = try await RunningProcess(configuration: world.configuration, environment: World.secrets)
        #expect(try await damaged.process.exitCode() != 0)
        #expect(
            damaged.process.seen.state.errors.contains { $0.contains("is damaged") && $0.contains("restore a backup") }
        )
        #expect(await world.cloud.actions.count == 1)
        try await world.end()
    }
}
