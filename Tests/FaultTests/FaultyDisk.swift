import Foundation
import TestSupport

/// A folder whose writes are written down or made to fail (`Tests/Faults/disk.c`), and programs that run on it.
final class FaultyDisk: Sendable {
    /// What can go wrong with a call of the system.
    enum Fault: UInt32, Sendable, CaseIterable {
        case nothing, full, writeError, syncError
    }

    /// How many calls there were since it was last armed.
    struct Counts {
        var writes: Int
        var syncs: Int
        var failed: Int
    }

    let folder: TemporaryFolder
    /// What programs may write into; nothing else is watched.
    let disk: String
    private let log: String?
    private let control: String

    /// - Parameter writesDown: whether everything is recorded, for ``records()``.
    init(writesDown: Bool) throws {
        folder = try TemporaryFolder()
        disk = folder.file("disk")
        control = folder.file("control")
        log = writesDown ? folder.file("log") : nil
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
        try Data(count: 24).write(to: URL(fileURLWithPath: control))
    }

    /// What puts it under a program.
    var environment: [String: String] {
        get throws {
            var environment = ["LD_PRELOAD": try Self.library.get().path, "DISK_FOLDER": disk, "DISK_CONTROL": control]
            if let log { environment["DISK_LOG"] = log }
            return environment
        }
    }

    /// From now on, the call with this number fails, and so many in a row; 0: and all that follow.
    func arm(_ fault: Fault, at number: Int, calls: Int = 0) throws {
        let words: [UInt32] = [fault.rawValue, UInt32(number), UInt32(calls), 0, 0, 0]
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: control))
        defer { try? handle.close() }
        try handle.write(contentsOf: words.withUnsafeBytes { Data($0) })
    }

    var counts: Counts {
        get throws {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: control))
            let words = bytes.withUnsafeBytes { Array($0.bindMemory(to: UInt32.self)) }
            return Counts(writes: Int(words[3]), syncs: Int(words[4]), failed: Int(words[5]))
        }
    }

    func records() throws -> [DiskRecord] { try DiskRecord.all(in: Data(contentsOf: URL(fileURLWithPath: log ?? ""))) }

    /// Runs the driver of the store on it to its end.
    func drive(commits: Int, environment more: [String: String] = [:]) async throws -> (exit: Int32, lines: [String]) {
        let output = folder.file("output")
        try Data().write(to: URL(fileURLWithPath: output))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.built + "/StoreDriver")
        process.arguments = [disk + "/state/clusterbot.db", "\(commits)"]
        process.environment = ProcessInfo.processInfo.environment.merging(try environment) { $1 }.merging(more) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        let ended = EventWaiter<Int32?>(nil)
        process.terminationHandler = { ended.update { [status = $0.terminationStatus] in $0 = status } }
        try process.run()
        try await ended.wait(for: "the driver to end", within: .seconds(60)) { $0 != nil }
        let text = try String(contentsOfFile: output, encoding: .utf8)
        return (ended.state ?? -1, text.split(separator: "\n").map(String.init))
    }

    /// Where the built programs are: beside the test bundle.
    private static let built: String = {
        let bundle = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
        return ((bundle ?? CommandLine.arguments[0]) as NSString).deletingLastPathComponent
    }()

    private struct Library: Sendable {
        let folder: TemporaryFolder
        let path: String
    }

    private struct NotCompiled: Error, CustomStringConvertible {
        let description: String
    }

    /// Compiled once for all tests; its folder goes with the process.
    private static let library: Result<Library, any Error> = Result {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Faults/disk.c").path
        let folder = try TemporaryFolder()
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/gcc")
        compiler.arguments = [
            "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", source, "-o", folder.file("disk.so"),
        ]
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else {
            throw NotCompiled(description: "\(source) was not compiled: install gcc (`make judges`)")
        }
        return Library(folder: folder, path: folder.file("disk.so"))
    }
}
