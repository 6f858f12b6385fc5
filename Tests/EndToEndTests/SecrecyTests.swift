import Foundation
import Sandbox
import TestSupport
import Testing

/// Secrets are in no log, message, history entry or answer, whatever goes right or wrong.
@Suite(.timeLimit(.minutes(20)))
struct SecrecyTests {
    @Test func secretsAppearNowhere() async throws {
        let world = try await World()
        let bot = try await world.startBot(arguments: ["--verbose"])
        for (index, kind) in [CloudFault.Kind.dropAfter, .garbage, .errorBefore, .failing200].enumerated() {
            await world.cloud.add(CloudFault(kind, method: "PUT"))
            try await world.amy("/cluster 43 sg add \(index + 5)")
            try await world.slack.waitUntil("an outcome of #\(index + 1)", within: .patience) { state in
                state.messages.contains {
                    $0.readable.contains("#\(index + 1) ")
                        && ["unknown", "failed", "nothing was sent", "– done", "refused"].contains(
                            where: $0.readable.contains
                        )
                }
            }
        }
        let shown = await world.slack.state.messages.map(\.readable).joined(separator: "\n")
        let exported = try await world.run("history", "export").output
        let listed = try await world.run("changes", "list", "--json").output
        let doctor = try await world.run("doctor", "--show-api")
        let checked = try await world.run("check")
        #expect(try await bot.stop() == 0)
        let log = bot.process.seen.state.errors.joined(separator: "\n")
        let store = try Data(contentsOf: URL(fileURLWithPath: world.folder.file("clusterbot.db")))
        #expect(log.contains("listening"))
        for (name, secret) in World.secrets {
            for (place, text) in [
                ("log", log), ("message", shown), ("export", exported), ("list", listed),
                ("doctor", doctor.output + doctor.errors), ("check", checked.output + checked.errors),
            ] {
                #expect(!text.contains(secret), "\(name) in the \(place)")
            }
            #expect(store.range(of: Data(secret.utf8)) == nil, "\(name) in the store")
        }
        for line in log.split(separator: "\n") where !line.isEmpty && line != "\u{04}" {
            #expect(throws: Never.self) { try json(String(line)) }
        }
        try await world.end()
    }
}
