// swift-tools-version: 6.2
// One section for each target and its test target, in the order of the arrows in the handbook's Architecture; lists are sorted.
import PackageDescription

/// For `make fuzz`: the sanitizers (`fuzzer`, or `fuzzer,address`) and libFuzzer's library, which is not linked otherwise.
let fuzzing = Context.environment["FUZZ_SANITIZERS"].map {
    (sanitizers: $0, library: Context.environment["FUZZ_LIBRARY"] ?? "")
}

/// What every target of our own is compiled with. Warnings are errors here and nowhere else (not in dependencies).
let strict: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ] + (fuzzing.map { [.unsafeFlags(["-sanitize=\($0.sanitizers)"])] } ?? [])

/// What C of our own is compiled with in a release: the C library's checks of buffers.
let fortified: [CSetting] = [.define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release))]

/// What a released program is linked with: all addresses are looked up at the start, and their table is read-only then.
let hardened: [LinkerSetting] = [
    .unsafeFlags(
        ["-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now"],
        .when(configuration: .release)
    )
]

/// What `clusterbot_build_info` says it was built from: `CLUSTERBOT_COMMIT` in the environment, where the sources come
/// without their repository, else the repository's last commit.
let commit = (Context.environment["CLUSTERBOT_COMMIT"] ?? Context.gitInformation?.currentCommit ?? "unknown")
    .filter { $0.isASCII && ($0.isLetter || $0.isNumber) }

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let locks: Target.Dependency = .product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1: Target.Dependency = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")

/// With `BENCH=1` in the environment, beside everything else: what `make bench` measures clusterbot against, a route of the
/// same server that does nothing.
let benchmark: [Target] =
    Context.environment["BENCH"] == nil
    ? []
    : [
        .executableTarget(
            name: "BareHummingbird",
            dependencies: [hummingbird, logging],
            path: "Tests/Bench/BareHummingbird",
            swiftSettings: strict
        )
    ]

let package = Package(
    name: "clusterbot",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: chosen([
        // MARK: CrashPoints - where tests let the process die; nothing in release builds
        .target(name: "CrashPoints", dependencies: [locks], swiftSettings: strict),

        // MARK: CCurl - the C library, typed for Swift
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        // MARK: CurlHTTP - HTTP over libcurl that says whether a request can have left
        .target(name: "CurlHTTP", dependencies: ["CCurl", "CrashPoints", locks], swiftSettings: strict),
        .testTarget(name: "CurlHTTPTests", dependencies: ["CurlHTTP", "TestSupport", locks], swiftSettings: strict),

        // MARK: BotCore - words and rules
        .target(name: "BotCore", dependencies: ["CrashPoints", crypto, locks, metrics], swiftSettings: strict),
        .testTarget(name: "BotCoreTests", dependencies: ["BotCore", "TestSupport"], swiftSettings: strict),

        // MARK: ClusterAPI - the nine Cluster Actions and the reads around them
        .target(name: "ClusterAPI", dependencies: ["BotCore", "CurlHTTP", locks, logging], swiftSettings: strict),
        .testTarget(
            name: "ClusterAPITests",
            dependencies: ["BotCore", "ClusterAPI", "CurlHTTP", "TestSupport", locks],
            swiftSettings: strict
        ),

        // MARK: CProcess - what Swift cannot call of the system
        .target(name: "CProcess", cSettings: fortified),

        // MARK: CSQLite - what Swift cannot call of SQLite
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

        // MARK: BotStore - the rows, once, over a small connection interface; and its adapter for SQLite
        .target(
            name: "BotStore",
            dependencies: ["BotCore", "CProcess", "CSQLite", "CrashPoints", crypto, grdb, locks],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BotStoreTests",
            dependencies: ["BotCore", "BotStore", "TestSupport", grdb],
            swiftSettings: strict
        ),

        // MARK: ConfigurationTree - YAML as a tree, each value with its place; what every section is read with
        .target(name: "ConfigurationTree", dependencies: ["BotCore", yaml], swiftSettings: strict),

        // MARK: ChatKit - what chat platforms share
        .target(
            name: "ChatKit",
            dependencies: ["BotCore", "ConfigurationTree", "CurlHTTP", crypto],
            swiftSettings: strict
        ),
        .testTarget(name: "ChatKitTests", dependencies: ["BotCore", "ChatKit"], swiftSettings: strict),

        // MARK: ChatConformance - what every chat platform promises, for its test target to run
        .target(
            name: "ChatConformance",
            dependencies: ["BotCore", "ChatKit", "CurlHTTP", locks],
            path: "Tests/ChatConformance",
            swiftSettings: strict
        ),

        // MARK: SlackChat - Slack
        .target(
            name: "SlackChat",
            dependencies: ["BotCore", "ChatKit", "ConfigurationTree", "CurlHTTP"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SlackChatTests",
            dependencies: [
                "BotCore", "ChatConformance", "ChatKit", "ConfigurationTree", "CurlHTTP", "SlackChat", "TestSupport",
                crypto,
            ],
            swiftSettings: strict
        ),

        // MARK: TerminalChat - the terminal of the service's machine
        .target(
            name: "TerminalChat",
            dependencies: ["BotCore", "ChatKit", "ConfigurationTree", "CurlHTTP", locks],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TerminalChatTests",
            dependencies: ["BotCore", "ChatConformance", "ChatKit", "CurlHTTP", "TerminalChat", "TestSupport", locks],
            swiftSettings: strict
        ),

        // MARK: BotConfiguration - one YAML file: everything checked, every mistake with its place
        .target(
            name: "BotConfiguration",
            dependencies: ["BotCore", "ChatKit", "ClusterAPI", "ConfigurationTree", "CurlHTTP"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BotConfigurationTests",
            dependencies: [
                "BotConfiguration", "BotCore", "ChatKit", "ClusterAPI", "ConfigurationTree", "CurlHTTP", "SlackChat",
                "TerminalChat", "TestSupport",
            ],
            swiftSettings: strict
        ),

        // MARK: PolicyBatch - many questions to the policy in a row, for its judges
        .executableTarget(
            name: "PolicyBatch",
            dependencies: ["BotConfiguration", "BotCore", "ConfigurationTree", "SlackChat"],
            path: "Tests/PolicyBatch",
            swiftSettings: strict
        ),
        .testTarget(
            name: "PolicyJudgeTests",
            dependencies: ["PolicyBatch", "TestSupport"],
            swiftSettings: strict
        ),

        // MARK: BotEngine - the pipeline
        .target(
            name: "BotEngine",
            dependencies: ["BotCore", "CrashPoints", lifecycle, locks, logging, metrics],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BotEngineTests",
            dependencies: [
                "BotCore", "BotEngine", "BotStore", "ChatConformance", "SlackChat", "TestSupport", lifecycle, locks,
                logging,
            ],
            swiftSettings: strict
        ),

        // MARK: OutcomeTests - every reply the cluster API can give, through libcurl, engine and store
        .testTarget(
            name: "OutcomeTests",
            dependencies: [
                "BotCore", "BotEngine", "BotStore", "ClusterAPI", "CurlHTTP", "TestSupport", lifecycle, locks, logging,
            ],
            swiftSettings: strict
        ),

        // MARK: Simulation - the engine in a simulated world, from a seed
        .target(name: "CTaskHooks", path: "Tests/CTaskHooks"),
        .target(
            name: "Simulation",
            dependencies: ["BotCore", "BotEngine", "CTaskHooks", "TestSupport", lifecycle, locks, logging],
            path: "Tests/Simulation",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "simulate",
            dependencies: ["Simulation"],
            path: "Tests/Simulate",
            swiftSettings: strict
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["Simulation", "TestSupport", "simulate"],
            swiftSettings: strict
        ),

        // MARK: BotServer - the door
        .target(
            name: "BotServer",
            dependencies: [
                "BotCore", "BotEngine", "ChatKit", "CrashPoints", hummingbird, hummingbirdCore, locks, logging,
                metrics, nio, nioHTTP, nioHTTPTypes, nioHTTPTypesHTTP1,
            ],
            swiftSettings: strict
        ),

        .testTarget(
            name: "BotServerTests",
            dependencies: [
                "BotCore", "BotServer", "ChatKit", "CurlHTTP", "TestSupport", hummingbird, lifecycle, locks, logging,
                metrics, nio,
                nioEmbedded, nioHTTP, nioPosix,
            ],
            swiftSettings: strict
        ),

        // MARK: Sandbox - the simulated cluster API and Slack workspace
        .target(
            name: "Sandbox",
            dependencies: ["CurlHTTP", crypto, hummingbird, lifecycle, locks, logging, nio],
            resources: [.embedInCode("Page/page.html")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SandboxTests",
            dependencies: ["BotCore", "CurlHTTP", "Sandbox", "TestSupport", hummingbird, lifecycle, locks, logging],
            swiftSettings: strict
        ),

        // MARK: ToyTests - an action, a command and a platform, made by the handbook's pages
        .testTarget(
            name: "ToyTests",
            dependencies: [
                "BotCore", "BotEngine", "ChatConformance", "ChatKit", "ClusterAPI", "ConfigurationTree", "CurlHTTP",
                "TestSupport", crypto, logging,
            ],
            swiftSettings: strict
        ),

        // MARK: CBuildInfo - which build this is; only this is built anew with each commit
        .target(
            name: "CBuildInfo",
            cSettings: fortified + [.define("CLUSTERBOT_COMMIT", to: "\"\(commit.prefix(12))\"")]
        ),

        // MARK: clusterbot - arguments, wiring
        .executableTarget(
            name: "clusterbot",
            dependencies: [
                "BotConfiguration", "BotCore", "BotEngine", "BotServer", "BotStore", "CBuildInfo", "CProcess",
                "ChatKit", "ClusterAPI", "ConfigurationTree", "CurlHTTP", "Sandbox", "SlackChat", "TerminalChat",
                argumentParser, lifecycle, locks, logging, metrics, nio, signals,
            ],
            swiftSettings: strict,
            linkerSettings: hardened
        ),
        .testTarget(
            name: "ClusterbotTests",
            dependencies: [
                "BotConfiguration", "BotCore", "BotEngine", "BotServer", "ChatKit", "ConfigurationTree", "TestSupport",
                "clusterbot", lifecycle, logging,
            ],
            swiftSettings: strict
        ),

        // MARK: EndToEndTests - the built binary as a process, judged from outside
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "BotCore", "CurlHTTP", "Sandbox", "TestSupport", "clusterbot", crypto, grdb, lifecycle, locks, logging,
            ],
            swiftSettings: strict
        ),

        // MARK: Faults - the store on a disk that loses and fails
        .executableTarget(
            name: "StoreDriver",
            dependencies: ["BotCore", "BotStore", "TestSupport"],
            path: "Tests/Faults/StoreDriver",
            swiftSettings: strict
        ),
        .testTarget(
            name: "FaultTests",
            dependencies: ["BotCore", "BotStore", "StoreDriver", "TestSupport"],
            swiftSettings: strict
        ),

        // MARK: Fuzz - what must hold whatever comes in, for libFuzzer and for the unit tests
        .target(
            name: "FuzzChecks",
            dependencies: [
                "BotConfiguration", "BotCore", "BotEngine", "CCurl", "ChatKit", "ClusterAPI", "ConfigurationTree",
                "CurlHTTP", "SlackChat", "TerminalChat",
                crypto,
            ],
            path: "Tests/Fuzz/Checks",
            swiftSettings: strict
        ),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzChecks", "TestSupport"], swiftSettings: strict),

        // MARK: RaceControl - a race that `make races` must find; built for that alone
        .executableTarget(
            name: "RaceControl",
            dependencies: [locks],
            path: "Tests/RaceControl",
            swiftSettings: strict
        ),

        // MARK: ArchitectureTests - what the tree itself must keep to
        .testTarget(name: "ArchitectureTests", dependencies: ["BotCore"], swiftSettings: strict),

        // MARK: TestSupport - servers, clocks and folders that tests share
        .target(
            name: "TestSupport",
            dependencies: ["BotCore", grdb, locks],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
    ]),
    swiftLanguageModes: [.v6]
)

/// What runs the checks of `FuzzChecks` under libFuzzer: only there when asked for, because an ordinary build has none.
@MainActor
func fuzzers() -> [Target] {
    guard let fuzzing else { return [] }
    let address = fuzzing.sanitizers.contains("address") ? ["-sanitize=address"] : []
    return [
        .executableTarget(
            name: "Fuzz",
            dependencies: ["FuzzChecks"],
            path: "Tests/Fuzz/Runner",
            swiftSettings: strict,
            linkerSettings: [.unsafeFlags([fuzzing.library, "-lstdc++"] + address)]
        )
    ]
}

/// With `TARGETS=CurlHTTP,CurlHTTPTests` in the environment: just those targets and what they stand on, so that a
/// sanitizer run need not build the web server. Without it: everything but what is for such a run alone.
@MainActor
func chosen(_ listed: [Target]) -> [Target] {
    let targets = listed + benchmark + fuzzers()
    guard let names = Context.environment["TARGETS"], !names.isEmpty else {
        return targets.filter { $0.name != "RaceControl" }
    }
    var wanted = Set(names.split(separator: ",").map(String.init))
    for target in targets.reversed() + targets + targets.reversed() where wanted.contains(target.name) {
        for case .byNameItem(let name, _) in target.dependencies { wanted.insert(name) }
    }
    return targets.filter { wanted.contains($0.name) }
}
