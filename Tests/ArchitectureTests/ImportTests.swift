import Testing

/// Imports go one way, from the top to the bottom of this table.
@Suite struct ImportTests {
    /// Every target below `Sources`, each with those of our own that it may use. A target uses only what stands above it.
    private static let allowed: [(target: String, uses: Set<String>)] = [
        ("CBuildInfo", []), ("CCurl", []), ("CProcess", []), ("CSQLite", []),
        ("CrashPoints", []),
        ("CurlHTTP", ["CCurl", "CrashPoints"]),
        ("BotCore", ["CrashPoints"]),
        ("ClusterAPI", ["BotCore", "CurlHTTP"]),
        ("BotStore", ["BotCore", "CProcess", "CSQLite", "CrashPoints"]),
        ("ConfigurationTree", ["BotCore"]),
        ("ChatKit", ["BotCore", "ConfigurationTree", "CurlHTTP"]),
        ("SlackChat", ["BotCore", "ChatKit", "ConfigurationTree", "CurlHTTP"]),
        ("TerminalChat", ["BotCore", "ChatKit", "ConfigurationTree", "CurlHTTP"]),
        ("BotConfiguration", ["BotCore", "ChatKit", "ClusterAPI", "ConfigurationTree", "CurlHTTP"]),
        ("BotEngine", ["BotCore", "CrashPoints"]),
        ("BotServer", ["BotCore", "BotEngine", "ChatKit", "CrashPoints"]),
        // The judge shares no code with what it judges.
        ("Sandbox", ["CurlHTTP"]),
        (
            "clusterbot",
            [
                "BotConfiguration", "BotCore", "BotEngine", "BotServer", "BotStore", "CBuildInfo", "CProcess",
                "ChatKit", "ClusterAPI", "ConfigurationTree", "CurlHTTP", "Sandbox", "SlackChat", "TerminalChat",
            ]
        ),
    ]
    private static let targets = Set(allowed.map(\.target))

    @Test func theTableGoesOneWay() {
        var above: Set<String> = []
        for (target, uses) in Self.allowed {
            #expect(uses.isSubset(of: above), "\(target) uses \(uses.subtracting(above)), which stands below it")
            above.insert(target)
        }
    }

    @Test func everyImportIsAllowedAndDeclared() throws {
        let manifest = try PackageManifest()
        let allowed = Dictionary(uniqueKeysWithValues: Self.allowed.map { ($0.target, $0.uses) })
        var findings: [String] = []
        for file in try SourceTree.sources.get() {
            for (line, name) in file.imports where Self.targets.contains(name) {
                if allowed[file.target]?.contains(name) != true {
                    findings.append(file.finding(line, "\(file.target) must not use \(name)"))
                } else if manifest.dependencies[file.target]?.contains(name) != true {
                    findings.append(file.finding(line, "Package.swift does not say that \(file.target) uses \(name)"))
                }
            }
        }
        #expect(findings == [])
    }

    @Test func everyTargetStandsInTheTableAndUsesWhatItDeclares() throws {
        let manifest = try PackageManifest()
        let files = Dictionary(grouping: try SourceTree.sources.get(), by: \.target)
        for (target, files) in files {
            #expect(Self.targets.contains(target), "\(target) does not stand in this test's table")
            let imports = Set(files.flatMap { $0.imports.map(\.module) })
            let unused = manifest.dependencies[target, default: []].subtracting(imports)
            #expect(unused == [], "Package.swift says that \(target) uses \(unused)")
        }
    }
}
