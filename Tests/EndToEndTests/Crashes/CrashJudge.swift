import Foundation
import NIOConcurrencyHelpers
import Sandbox
import TestSupport

/// The independent checker, `Tests/Judges/crash_judge.py`, as a process that judges one run after another.
actor CrashJudge {
    struct Verdict: Sendable {
        let problems: [String]
        let facts: SandboxJSON
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var unread = Data()

    init() throws {
        process.executableURL = URL(fileURLWithPath: try Judges.python())
        process.arguments = [Judges.script("crash_judge.py")]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit { process.terminate() }

    /// Runs are judged one at a time, which takes a few milliseconds each.
    func verdict(on evidence: SandboxJSON) throws -> Verdict {
        try input.fileHandleForWriting.write(contentsOf: Data(evidence.bytes + [UInt8(ascii: "\n")]))
        while !unread.contains(UInt8(ascii: "\n")) {
            let chunk = output.fileHandleForReading.availableData
            guard !chunk.isEmpty else { throw CrashProblem("the judge ended") }
            unread.append(chunk)
        }
        let end = unread.firstIndex(of: UInt8(ascii: "\n")) ?? unread.endIndex
        let answer = SandboxJSON(parsing: unread[..<end])
        unread = Data(unread[unread.index(after: end)...])
        guard let answer, let problems = answer["problems"]?.array else {
            throw CrashProblem("the judge is unreadable")
        }
        return Verdict(problems: problems.compactMap(\.string), facts: answer["facts"] ?? .null)
    }
}
