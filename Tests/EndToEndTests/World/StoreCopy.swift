import Foundation
import TestSupport

/// A copy of the service's folder as it was at a moment: the store, its log and its marker, and the configuration.
final class StoreCopy: Sendable {
    let folder: TemporaryFolder

    /// Copies the files of a world whose service is down, or stands still.
    init(of world: World) throws {
        folder = try TemporaryFolder()
        try Self.copy(from: world.folder.path, to: folder.path)
        let configuration = folder.file("clusterbot.yaml")
        try FileManager.default.copyItem(atPath: world.configuration, toPath: configuration)
    }

    /// Makes a copy of a service that runs, which stands still meanwhile, as when a machine's disk is copied.
    static func live(of world: World, _ bot: RunningBot) throws -> StoreCopy {
        bot.process.send(SIGSTOP)
        defer { bot.process.send(SIGCONT) }
        return try StoreCopy(of: world)
    }

    /// Puts the files back in place of those of now. The service must be down.
    func putBack(to world: World) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: world.folder.path) where Self.isStore(name) {
            try FileManager.default.removeItem(atPath: world.folder.file(name))
        }
        try Self.copy(from: folder.path, to: world.folder.path)
    }

    /// Starts a second service on the copy, as on another machine.
    func start() async throws -> RunningBot {
        try await RunningBot(configuration: folder.file("clusterbot.yaml"), environment: World.secrets)
    }

    private static func isStore(_ name: String) -> Bool { name.hasPrefix("clusterbot.db") && !name.hasSuffix(".sock") }

    private static func copy(from: String, to: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: from) where isStore(name) {
            try FileManager.default.copyItem(atPath: from + "/" + name, toPath: to + "/" + name)
        }
    }
}
