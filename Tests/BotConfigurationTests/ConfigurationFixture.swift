import BotCore
import ConfigurationTree
import Foundation
import SlackChat
import TerminalChat
import TestSupport

@testable import BotConfiguration

/// A small valid configuration in sections, so that a test can replace one of them.
enum Fixture {
    static let sections: [(key: String, text: String)] = [
        ("server", "server: {listen: 127.0.0.1:8080}"),
        ("store", "store: sqlite:data/clusterbot.db"),
        ("cluster_api", "cluster_api: {base_url: https://api.example.com/v1/gpu}"),
        (
            "projects",
            "projects:\n  vision: {project_id: 1187, location: Delhi, api_key: {env: KEY}, token: {env: TOKEN}}"
        ),
        ("labels", "labels: {env: [dev, prod]}"),
        (
            "clusters",
            """
            clusters:
              - {id: 42, name: prod-train, project: vision, labels: {env: prod}}
              - {id: 43, name: dev-train, project: vision, labels: {env: dev}}
            """
        ),
        (
            "people",
            """
            people:
              - {name: amy, accounts: ["slack:T0001/U0AMY"]}
              - {name: bob, accounts: ["slack:T0001/U0BOB", "os:bot1/1001"]}
              - {name: carol, accounts: ["slack:T0001/U0CAROL"]}
            """
        ),
        ("groups", "groups: {leads: {people: [bob, carol]}, engineers: {people: [amy], groups: [leads]}}"),
        ("channels", "channels: {ops: \"slack:T0001/C0OPS\"}"),
        ("destructive", ""),
        (
            "policy",
            """
            policy:
              - {name: all, allow: [changes], who: [engineers]}
              - {name: leads look after things, allow: [resolve, release], who: [leads]}
            """
        ),
        ("approval_default", "approval_default: {approvals: [{from: leads, count: 1}]}"),
        (
            "chat",
            """
            chat:
              slack:
                app_id: A0001
                workspaces: {T0001: {bot_token: {env: BOT}}}
                signing_secrets: [{env: SIGN}]
            """
        ),
        ("contact", ""),
    ]

    /// Values that no message may show.
    static let environment = [
        "KEY": "canary-key-1", "TOKEN": "canary-token-2", "BOT": "xoxb-canary-bot-3",
        "SIGN": "0ca9a4c0ca9a4c0ca9a4c0ca9a4c0cac", "SIGN2": "5ec4e75ec4e75ec4e75ec4e75ec4e75e", "EMPTY": "",
        "QUOTED_SIGN": "\"0ca9a4c0ca9a4c0ca9a4c0ca9a4c0cac\"",
        "TWO_LINES": "canary-five\ncanary-six",
    ]

    /// Long before anything in a fixture ends.
    static let now = Timestamp(seconds: 1_790_000_000)

    /// The whole text with some sections replaced; an empty section is left out.
    static func text(_ replacing: [String: String] = [:]) -> String {
        sections.map { replacing[$0.key] ?? $0.text }.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
    }

    /// Writes the text into a folder of its own and loads it.
    static func load(_ text: String, readsSecrets: Bool = true, files: [String: String] = [:]) throws -> Loaded {
        try load(bytes: Array(text.utf8), readsSecrets: readsSecrets, files: files)
    }

    static func load(bytes: [UInt8], mode: Int = 0o644, readsSecrets: Bool = true, files: [String: String] = [:]) throws
        -> Loaded
    {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(Array(text.utf8), to: name, mode: 0o600) }
        return loadFile(try folder.write(bytes, to: "clusterbot.yaml", mode: mode), readsSecrets: readsSecrets)
    }

    static func loadFile(
        _ path: String,
        readsSecrets: Bool = true,
        trustsOwners: Bool = false,
        environment: [String: String] = environment,
        now: Timestamp = now
    ) -> Loaded {
        do {
            let configuration = try Configuration.load(
                path: path,
                environment: environment,
                platforms: [SlackModule(), TerminalModule()],
                readsSecrets: readsSecrets,
                trustsOwners: trustsOwners,
                now: now
            )
            return Loaded(configuration: configuration, problems: [], warnings: configuration.warnings)
        } catch {
            return Loaded(configuration: nil, problems: error.problems, warnings: error.warnings)
        }
    }
}

/// What came of loading.
struct Loaded {
    let configuration: Configuration?
    let problems: [ConfigurationProblem]
    let warnings: [ConfigurationProblem]
}

extension TemporaryFolder {
    /// Writes a file with a mode of its own and returns its path.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String, mode: Int) throws -> String {
        let url = URL(fileURLWithPath: file(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file(name))
        return file(name)
    }
}

extension Configuration {
    /// The only platform that these tests configure.
    var slack: SlackSettings? { chat.lazy.compactMap { $0 as? SlackSettings }.first }
}
