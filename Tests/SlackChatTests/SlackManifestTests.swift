import ConfigurationTree
import Foundation
import Testing

@testable import SlackChat

/// The manifest that people install the app from asks for what the bot knows, and says why.
@Suite struct SlackManifestTests {
    private static let lines: [Substring] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try? String(contentsOf: root.appending(path: "config/slack-app-manifest.yaml"), encoding: .utf8)
        return text?.split(separator: "\n") ?? []
    }()

    @Test func everyScopeIsThereWithItsReason() throws {
        let start = try #require(Self.lines.firstIndex { $0.hasSuffix(" bot:") })
        let block = Self.lines[(start + 1)...].prefix { $0.hasPrefix("      ") }
        var reason: String?
        var names: [String] = []
        for line in block {
            if let name = line.wholeMatch(of: #/      - (\S+)/#)?.1 {
                names.append(String(name))
                #expect(reason != nil, "\(name) has no reason")
                reason = nil
            } else {
                #expect(line.hasPrefix("      # "))
                reason = String(line)
            }
        }
        #expect(names == SlackScope.all.map(\.name))
        #expect(Set(names).count == names.count)
    }
}
