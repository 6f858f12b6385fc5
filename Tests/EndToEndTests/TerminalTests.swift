import Foundation
import Sandbox
import TestSupport
import Testing

/// What is done at the terminal of the machine that the service runs on.
@Suite(.timeLimit(.minutes(20)))
struct TerminalTests {
    /// Leaves the outcome of #1, a restart that no read can prove, unknown.
    private func lose(_ world: World) async throws {
        await world.cloud.add(CloudFault(.dropAfter, method: "PUT"))
        try await world.amy("/cluster 43 restart workers")
        try await world.sees("unknown")
    }

    @Test func anUnknownOutcomeIsSettledThroughTheRunningService() async throws {
        let world = try await World(World.withAnOperator)
        let bot = try await world.startBot()
        try await lose(world)
        let socket = world.folder.file("clusterbot.db.sock")
        let mode = try FileManager.default.attributesOfItem(atPath: socket)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let empty = try await world.run("changes", "resolve", "1", "--succeeded", "--reason", "")
        #expect(empty.exit != 0)
        #expect(empty.errors.contains("Say how you know"))
        let settled = try await world.run(
            "changes",
            "resolve",
            "#1",
            "--succeeded",
            "--reason",
            "looked at the console"
        )
        #expect(settled.exit == 0, "\(settled.errors)")
        #expect(settled.output.hasPrefix("#1 counts as done now."))
        try await world.sees("bob settled it as succeeded.")
        let again = try await world.run("changes", "resolve", "1", "--failed", "--reason", "no")
        #expect(again.exit != 0)
        #expect(again.errors.contains("is not unknown"))
        #expect(await world.cloud.actions.count == 1)
        #expect(try await bot.stop() == 0)
        #expect(!FileManager.default.fileExists(atPath: socket))
        try await world.end()
    }

    /// The service is found by the file, whatever name leads there.
    @Test func aServiceIsReachedWhoseStoreIsASymbolicLink() async throws {
        let world = try await World(World.withAnOperator)
        let (store, link) = (world.folder.file("elsewhere.db"), world.folder.file("clusterbot.db"))
        #expect(FileManager.default.createFile(atPath: store, contents: nil, attributes: [.posixPermissions: 0o600]))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: store)
        let bot = try await world.startBot()
        try await lose(world)
        #expect(FileManager.default.fileExists(atPath: "\(store).sock"))
        let settled = try await world.run("changes", "resolve", "1", "--succeeded", "--reason", "looked")
        #expect(settled.exit == 0, "\(settled.errors)")
        try await world.sees("bob settled it as succeeded.")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func anUnknownOutcomeIsSettledWithoutAService() async throws {
        let world = try await World(World.withAnOperator)
        let bot = try await world.startBot()
        try await lose(world)
        #expect(try await bot.stop() == 0)
        let settled = try await world.run("changes", "resolve", "1", "--failed", "--reason", "nothing there")
        #expect(settled.exit == 0, "\(settled.errors)")
        #expect(settled.output.hasPrefix("#1 counts as failed now."))
        let next = try await world.startBot()
        try await world.sees("bob settled it as failed.")
        #expect(try await next.stop() == 0)
        try await world.end()
    }

    @Test func whoIsNotListedSettlesNothing() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await lose(world)
        let refused = try await world.run("changes", "resolve", "1", "--failed", "--reason", "r")
        #expect(refused.exit != 0)
        #expect(refused.errors.contains("There is no change #1 for you."))
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func aBackupThatIsPutBackHoldsEverythingUntilItIsReleased() async throws {
        let world = try await World(World.withAnOperator)
        var bot = try await world.startBot()
        try await world.amy("/cluster 42 restart cluster")
        try await world.sees(": approve?")
        let backup = world.folder.file("backup.db")
        let made = try await world.run("backup", backup)
        #expect(made.exit == 0, "\(made.errors)")
        #expect(try FileManager.default.attributesOfItem(atPath: backup)[.posixPermissions] as? Int == 0o600)
        let again = try await world.run("backup", backup)
        #expect(again.exit != 0)
        #expect(again.errors.contains("exists already"))
        // What happens after it is forgotten by the backup.
        try await world.click("Deny", as: "U0BOB")
        try await world.sees("– denied")
        let tooEarly = try await world.run("restore", backup)
        #expect(tooEarly.exit != 0)
        #expect(tooEarly.errors.contains("is in use: another clusterbot"), "\(tooEarly.errors)")
        #expect(try await bot.stop() == 0)
        let restored = try await world.run("restore", backup)
        #expect(restored.exit == 0, "\(restored.errors)")
        #expect(restored.errors.contains("it sends nothing yet"), "\(restored.errors)")
        bot = try await world.startBot()
        // The one that the backup takes for open is ended where everybody sees it.
        try await world.sees("the store is older than it was")
        try await world.amy("/cluster 43 scale 1")
        try await world.isTold("clusterbot release", "U0AMY")
        #expect(await world.cloud.actions.isEmpty)
        #expect(try await world.run("doctor").output.contains("Nothing is sent:"))
        let released = try await world.run("release", "--reason", "compared with the channel")
        #expect(released.exit == 0, "\(released.errors)")
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        #expect(await world.cloud.actions.count == 1)
        #expect(try await world.run("history", "verify").exit == 0)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }
}
