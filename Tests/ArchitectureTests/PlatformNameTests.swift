import Testing

/// Only a platform's own target, the sandbox and the wiring name a chat platform, in code and in comments.
@Suite struct PlatformNameTests {
    private static let platforms = ["slack"]
    private static let mayNameThem: Set<String> = ["BotChat", "Sandbox", "clusterbot"]

    /// Files that still name a platform. The list only shrinks.
    private static let known: Set<String> = [
        "Sources/BotConfiguration/Configuration.swift",
        "Sources/BotConfiguration/ConfigurationReader+Channels.swift",
        "Sources/BotConfiguration/ConfigurationReader+People.swift",
        "Sources/BotConfiguration/ConfigurationReader+Slack.swift",
        "Sources/BotConfiguration/ConfigurationReader.swift", "Sources/BotConfiguration/Field+Addresses.swift",
        "Sources/BotConfiguration/PolicyFacts.swift", "Sources/BotConfiguration/SecretKind.swift",
        "Sources/BotConfiguration/TableShape.swift", "Sources/BotCore/Changes/Change.swift",
        "Sources/BotCore/Identity/Account.swift", "Sources/BotCore/Identity/Channel.swift",
        "Sources/BotServer/BotHTTPServer.swift", "Sources/BotServer/Webhooks/ClickAnswers.swift",
        "Sources/BotServer/Webhooks/SlackDoor.swift", "Sources/BotServer/Webhooks/SlackWebhooks.swift",
    ]

    @Test func nobodyElseNamesAPlatform() throws {
        var findings: [String: String] = [:]
        for file in try SourceTree.sources.get() where !Self.mayName(file.target) {
            let text = file.text.lowercased()
            guard Self.platforms.contains(where: text.contains) else { continue }
            let named = file.lines.enumerated().first { line in
                Self.platforms.contains { line.element.lowercased().contains($0) }
            }
            if let named { findings[file.path] = file.finding(named.offset, "\(named.element)") }
        }
        expectOnlyKnown(findings, Self.known)
    }

    private static func mayName(_ target: String) -> Bool {
        mayNameThem.contains(target) || platforms.contains { target.lowercased().hasPrefix($0) }
    }
}
