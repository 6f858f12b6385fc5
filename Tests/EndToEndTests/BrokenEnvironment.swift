import Foundation
import Glibc
import TestSupport
import Testing

/// A machine on which something is not as the service needs it: the configuration, and what must be said.
struct BrokenEnvironment: Sendable, CustomTestStringConvertible {
    /// The line of `server` in the configuration.
    var server = "{listen: \"127.0.0.1:0\"}"
    /// The store in the configuration, within the test's folder.
    var store = "sqlite:clusterbot.db"
    var apiURL = "http://127.0.0.1:1/v1"
    /// The folders and files that are there before.
    var folders: [String] = []
    var files: [String] = []
    /// The mode of the configuration.
    var mode = 0o600
    var environment = [
        "KEY": "a-key", "TOKEN": "a-token", "BOT": "xoxb-1-canary", "SIGN": "0ca9a4c0ca9a4c0ca9a4c0ca9a4c0cac",
    ]
    /// A program with its arguments that runs clusterbot.
    var through: [String] = []
    /// The words that say what is wrong and what to do.
    let words: [String]

    var testDescription: String { words.first ?? "" }

    /// Runs a command there.
    func run(_ command: [String]) async throws -> (exit: Int32, output: String, errors: String) {
        let folder = try TemporaryFolder()
        for name in folders {
            try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
        }
        for name in files { try folder.write("just a text that is no database at all", to: name) }
        let configuration = try folder.write(text, to: "clusterbot.yaml")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: configuration)
        let all = through + [Tools.clusterbot] + command + ["--config", configuration]
        return try await ChildProcess.run(all[0], Array(all.dropFirst()), environment: environment)
    }

    private var text: String {
        """
        server: \(server)
        store: \(store)
        cluster_api: {base_url: "\(apiURL)", timeouts: {connect: 1s, total: 1s}}
        projects:
          vision: {project_id: 1187, location: Delhi, api_key: {env: KEY}, token: {env: TOKEN}}
        clusters:
          - {id: 42, name: prod-train, project: vision}
        people:
          - {name: amy, accounts: ["slack:T0001/U0AMY"]}
        policy:
          - {name: amy acts, allow: [scale_cluster], who: [everyone], needs: confirmation}
        chat:
          slack:
            app_id: A0001
            workspaces: {T0001: {bot_token: {env: BOT}}}
            signing_secrets: [{env: SIGN}]
            api_url: http://127.0.0.1:1/api/

        """
    }
}
