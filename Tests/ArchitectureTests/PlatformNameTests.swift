import Testing

/// Only a platform's own target, the sandbox and the wiring name a chat platform, in code and in comments.
@Suite struct PlatformNameTests {
    private static let platforms = ["slack"]
    private static let mayNameThem: Set<String> = ["Sandbox", "clusterbot"]

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
        expectOnlyKnown(findings, [])
    }

    private static func mayName(_ target: String) -> Bool {
        mayNameThem.contains(target) || platforms.contains { target.lowercased().hasPrefix($0) }
    }
}
