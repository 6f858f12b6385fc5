import Foundation
import FuzzChecks
import TestSupport
import Testing

/// Lines with slips in them, made up from the kept ones and those of the transcripts. Each is one command, decision or question,
/// or is answered with what would be right; see the checks of the target `command`. `INPUTS=1000000` makes up more, and
/// `SEED` others.
@Suite(.timeLimit(.minutes(600)))
struct MadeUpLinesTests {
    @Test func noSlipBecomesAnOrder() async throws {
        let environment = ProcessInfo.processInfo.environment
        let count = environment["INPUTS"].flatMap(Int.init) ?? 10_000
        let seed = environment["SEED"].flatMap(UInt64.init) ?? 1
        let target = try #require(FuzzTarget.all.first { $0.name == "command" })
        let kept = try Self.kept()
        #expect(kept.count > 100)
        let parts = 2
        try await withThrowingTaskGroup(of: Void.self) { group in
            for part in 0..<parts {
                group.addTask {
                    let random = SplitMix64(seed: seed &* 1000 &+ UInt64(part))
                    for line in MadeUpLines(from: kept, random: random).prefix(count / parts) {
                        do {
                            try await target.check(Array(line.utf8))
                        } catch {
                            Issue.record("“\(line)”: \(error)")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// The kept inputs of the fuzzer, and what people type in the transcripts.
    private static func kept() throws -> [String] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        func files(_ folder: String) throws -> [String] {
            let folder = tests.appendingPathComponent(folder)
            return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .sorted { $0.path < $1.path }.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        }
        let typed = try files("Transcripts").flatMap { $0.split(separator: "\n") }.compactMap { line in
            line.firstRange(of: "/cluster ").map { String(line[$0.upperBound...]) }
        }
        return try files("Fuzz/Corpus/command") + typed
    }
}
