import BotCore
import BotStore
import Foundation
import TestSupport
import Testing

/// The power fails while the real store writes. Every moment around a sync is tried, each with what was not synced lost,
/// kept, reordered or torn; `CUTS=10000` in the environment tries more.
@Suite("A power cut", .timeLimit(.minutes(30)))
struct PowerCutTests {
    private static let commits = 24
    private static let cuts = ProcessInfo.processInfo.environment["CUTS"].flatMap { Int($0) } ?? 200

    @Test func losesNothingThatWasPromisedAndLeavesNothingHalfDone() async throws {
        let found = try await Self.findings([:], cuts: Self.cuts)
        #expect(found.count >= Self.cuts)
        for finding in found { #expect(finding.isFine, "\(finding)") }
        print("power cuts: \(found.count), of which \(found.count { !$0.isFine }) lost or broke something")
    }

    /// The same with `synchronous=NORMAL`, which syncs the log only before it is copied into the file. If that were not
    /// seen to lose commits, the test above would prove nothing.
    @Test func isSeenToLoseCommitsThatAreNotSynced() async throws {
        let found = try await Self.findings(["DISK_NORMAL": "1"], cuts: 0)
        #expect(found.contains { !$0.lost.isEmpty })
        // It loses the last ones, but it does not damage anything.
        for finding in found { #expect(finding.problems == [], "\(finding)") }
    }

    /// Records one run, and judges the cuts of it, two at a time.
    private static func findings(_ environment: [String: String], cuts: Int) async throws -> [StoreFinding] {
        let run = try await DriverRun(commits: commits, writesDown: true, environment: environment)
        #expect(run.exit == 0)
        #expect(run.lines.count { $0.hasPrefix("opened ") } == commits)
        let records = try run.records()
        return try await withThrowingTaskGroup(of: StoreFinding.self) { group in
            var findings: [StoreFinding] = []
            var running = 0
            try await PowerCut.all(of: records, count: cuts, seed: 1) { cut in
                if running == 2, let finding = try await group.next() {
                    findings.append(finding)
                    running -= 1
                }
                group.addTask { try await cut.judge(last: commits) }
                running += 1
            }
            for try await finding in group { findings.append(finding) }
            return findings
        }
    }
}
