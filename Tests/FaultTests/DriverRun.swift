import Foundation
import TestSupport

/// One run of the driver of the store (`Tests/Faults/StoreDriver`) on a disk of its own.
struct DriverRun: Sendable {
    /// The whole disk.
    let folder: TemporaryFolder
    private let disk: FaultyDisk
    let exit: Int32
    let lines: [String]

    /// In a folder that the store makes itself.
    static let storePath = "state/clusterbot.db"

    /// Runs it to its end.
    init(
        commits: Int,
        writesDown: Bool = false,
        fault: FaultyDisk.Fault = .nothing,
        at number: Int = 0,
        calls: Int = 0,
        environment: [String: String] = [:]
    ) async throws {
        folder = try TemporaryFolder()
        disk = try await FaultyDisk(watching: folder.path, writesDown: writesDown)
        try disk.arm(fault, at: number, calls: calls)
        let run = try await ChildProcess.run(
            Self.driver,
            [folder.file(Self.storePath), "\(commits)"],
            environment: disk.environment.merging(environment) { $1 }
        )
        exit = run.exit
        lines = run.output.split(separator: "\n").map(String.init)
    }

    var store: String { folder.file(Self.storePath) }

    func counts() throws -> FaultyDisk.Counts { try disk.counts() }

    func records() throws -> [DiskRecord] { try DiskRecord.all(in: disk.recorded()) }

    var promised: [Int: NumberedCommit.Stage] {
        lines.map { DriverLine($0).promise }.reduce(into: [:]) { $0.merge($1) { max($0, $1) } }
    }

    var denied: [Int: NumberedCommit.Stage] {
        lines.map { DriverLine($0).denial }.reduce(into: [:]) { $0.merge($1) { min($0, $1) } }
    }

    /// Beside the test bundle.
    private static let driver: String = {
        let bundle = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
        return ((bundle ?? CommandLine.arguments[0]) as NSString).deletingLastPathComponent + "/StoreDriver"
    }()
}
