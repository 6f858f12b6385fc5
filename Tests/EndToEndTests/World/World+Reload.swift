import Foundation
import Glibc
import TestSupport

extension World {
    /// Replaces the configuration's text as an editor does, by renaming.
    func edit(_ change: (String) -> String) throws {
        let text = try String(contentsOfFile: configuration, encoding: .utf8)
        try replace("clusterbot.yaml", by: change(text))
    }

    /// Puts another file in a file's place, for its owner only.
    func replace(_ name: String, by text: String) throws {
        let next = try folder.write(text, to: "\(name).new")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: next)
        guard rename(next, folder.file(name)) == 0 else { throw MissingTool("\(name) could not be replaced") }
    }

    /// Sends SIGHUP and waits until the log says what came of it. Returns that line.
    @discardableResult
    func reload(_ bot: RunningBot) async throws -> String {
        let isResult: @Sendable (String) -> Bool = {
            $0.contains(#""message":"the configuration was read anew"#)
        }
        let before = bot.process.seen.state.errors.count(where: isResult)
        bot.process.send(SIGHUP)
        try await bot.process.seen.wait(for: "the end of the reload", within: .patience) {
            $0.errors.count(where: isResult) > before
        }
        return bot.process.seen.state.errors.last(where: isResult) ?? ""
    }
}
