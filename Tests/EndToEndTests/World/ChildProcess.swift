import Foundation
import TestSupport

/// A program under test as a process of its own: its output line by line, its end, and signals.
final class ChildProcess: Sendable {
    struct Seen: Sendable {
        var output: [String] = []
        var errors: [String] = []
        var exit: Int32?
    }

    let seen = EventWaiter(Seen())
    let pid: Int32
    private let process: Process

    init(_ executable: String, _ arguments: [String], environment: [String: String] = [:], folder: String? = nil) throws
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        let seen = seen
        Self.read(output) { line in seen.update { $0.output.append(line) } }
        Self.read(errors) { line in seen.update { $0.errors.append(line) } }
        process.terminationHandler = { ended in seen.update { $0.exit = ended.terminationStatus } }
        try process.run()
        self.process = process
        pid = process.processIdentifier
    }

    deinit {
        if process.isRunning { Glibc.kill(pid, SIGKILL) }
    }

    func send(_ signal: Int32) { Glibc.kill(pid, signal) }

    /// Ends it at once, as a power cut would, and waits until it is gone.
    func killNow() async throws {
        send(SIGKILL)
        _ = try await exitCode()
    }

    /// Waits for the end; a signal's number if one ended it.
    func exitCode(within limit: Duration = .seconds(60)) async throws -> Int32 {
        try await seen.wait(for: "process \(pid) to end", within: limit) { $0.exit != nil }
        return seen.state.exit ?? -1
    }

    /// Runs a program to its end.
    static func run(
        _ executable: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        within limit: Duration = .seconds(60)
    ) async throws -> (exit: Int32, output: String, errors: String) {
        let child = try ChildProcess(executable, arguments, environment: environment)
        let exit = try await child.exitCode(within: limit)
        // The pipes may be read to their end a moment after the process is gone; both end with an empty marker line.
        try await child.seen.wait(for: "the output to end") { $0.output.last == endMark && $0.errors.last == endMark }
        let seen = child.seen.state
        return (exit, seen.output.dropLast().joined(separator: "\n"), seen.errors.dropLast().joined(separator: "\n"))
    }

    private static let endMark = "\u{04}"

    /// Splits what comes out of a pipe into lines, on a thread of its own, and ends with ``endMark``.
    private static func read(_ pipe: Pipe, _ line: @escaping @Sendable (String) -> Void) {
        let handle = pipe.fileHandleForReading
        let thread = Thread {
            var rest = Data()
            while true {
                let chunk = handle.availableData
                guard !chunk.isEmpty else { break }
                rest.append(chunk)
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    line(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
                    rest = Data(rest[rest.index(after: end)...])
                }
            }
            if !rest.isEmpty { line(String(decoding: rest, as: UTF8.self)) }
            line(endMark)
        }
        thread.start()
    }
}
