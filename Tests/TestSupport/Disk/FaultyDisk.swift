import Foundation

/// A folder whose writes are written down or made to fail under a program that knows nothing of it; see
/// `Tests/Shims/failing_disk.c`.
package final class FaultyDisk: Sendable {
    /// What can go wrong with a call of the system.
    package enum Fault: UInt32, Sendable {
        case nothing
        /// Writes find no space.
        case full
        /// Writes fail.
        case writeError
        /// Syncs fail. They succeed otherwise, without waiting for any disk.
        case syncError
        /// Everything works, but the disk says that less is free than the service wants.
        case nearlyFull
    }

    /// How many calls there were since it was last armed.
    package struct Counts: Sendable {
        package let writes: Int
        package let syncs: Int
        package let failed: Int
    }

    /// What is watched, and all in it.
    package let watched: String
    private let own: TemporaryFolder
    private let library: String
    private let writesDown: Bool

    private var control: String { own.file("control") }
    private var log: String { own.file("log") }

    /// - Parameters:
    ///   - watched: a folder without symbolic links in its path.
    ///   - writesDown: whether everything is recorded, for ``recorded()``.
    package init(watching watched: String, writesDown: Bool = false) async throws {
        self.watched = watched
        self.writesDown = writesDown
        own = try TemporaryFolder()
        library = try await Self.library.value.file(Self.libraryName)
        try Data(count: 6 * MemoryLayout<UInt32>.size).write(to: URL(fileURLWithPath: own.file("control")))
    }

    /// What puts it under a program.
    package var environment: [String: String] {
        let usual = ["LD_PRELOAD": library, "DISK_FOLDER": watched, "DISK_CONTROL": control]
        return writesDown ? usual.merging(["DISK_LOG": log]) { $1 } : usual
    }

    /// From now on, the call with this number fails, counted from 1, and so many in a row; 0: all that follow.
    package func arm(_ fault: Fault, at number: Int, calls: Int = 0) throws {
        let words: [UInt32] = [fault.rawValue, UInt32(number), UInt32(calls), 0, 0, 0]
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: control))
        defer { try? handle.close() }
        try handle.write(contentsOf: words.withUnsafeBytes { Data($0) })
    }

    package func counts() throws -> Counts {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: control))
        let words = bytes.withUnsafeBytes { Array($0.bindMemory(to: UInt32.self)) }
        return Counts(writes: Int(words[3]), syncs: Int(words[4]), failed: Int(words[5]))
    }

    /// Everything that happened, as the library wrote it down.
    package func recorded() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: log)) }

    private static let libraryName = "failing_disk.so"

    private struct NotCompiled: Error, CustomStringConvertible {
        let description: String
    }

    /// Compiled once for all tests, in a folder that goes with the process.
    private static let library = Task {
        let source = TestFolder.file("Shims/failing_disk.c")
        let folder = try TemporaryFolder()
        let compiled = try await ChildProcess.run(
            "/usr/bin/gcc",
            [
                "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", source, "-o", folder.file(libraryName),
            ]
        )
        guard compiled.exit == 0 else { throw NotCompiled(description: "\(source): \(compiled.errors)") }
        return folder
    }
}
