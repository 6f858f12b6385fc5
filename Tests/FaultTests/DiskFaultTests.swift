import TestSupport
import Testing

/// The disk fills up or fails at every single write and sync of a run of the real store, from its first start on. Whatever
/// it said is true afterwards, and after an error it writes no more.
@Suite("A failing disk", .timeLimit(.minutes(30)))
struct DiskFaultTests {
    private static let commits = 3

    /// So many runs of the driver go on at once.
    private static let width = 2

    @Test func fullFromAnyWriteOnTellsTheTruth() async throws {
        try await Self.forEvery(\.writes) { number in
            let (run, finding) = try await Self.run(.full, at: number)
            #expect(finding.isFine, "\(finding)")
            // There is space again one day: only what nobody can know ends the process.
            for line in run.lines {
                if case .stopped(let code) = DriverLine(line) { #expect(code == "outcomeUnknown", "\(finding)") }
            }
        }
    }

    @Test func anErrorAtAnyWriteEndsTheProcessAndTheNextStartRecovers() async throws {
        try await Self.forEvery(\.writes) { number in
            let (run, finding) = try await Self.run(.writeError, at: number)
            #expect(finding.isFine, "\(finding)")
            #expect(run.exit == 70 || run.exit == 71, "\(finding)")
        }
    }

    /// The sync fails once and is said to work ever after, with what it should have written lost: the trap of trying again.
    @Test func aSyncThatFailsOnceIsNeverTriedAgain() async throws {
        try await Self.forEvery(\.syncs) { number in
            let (run, finding) = try await Self.run(.syncError, at: number, calls: 1)
            #expect(finding.isFine, "\(finding)")
            let failed = try run.records().first { if case .notSynced = $0.event { true } else { false } }
            // SQLite itself does not look at whether a folder was synced.
            let isFolder = failed.map { !$0.path.contains(".db") } ?? false
            #expect(run.exit == 70 || run.exit == 71 || isFolder && run.exit == 0, "\(finding)")
        }
    }

    /// Numbers the calls of a run without any fault.
    private static func forEvery(
        _ call: (FaultyDisk.Counts) -> Int,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let run = try await DriverRun(commits: commits)
        #expect(run.exit == 0)
        let count = try call(run.counts())
        #expect(count > 20)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...count {
                if number > width { try await group.next() }
                group.addTask { try await body(number) }
            }
            try await group.waitForAll()
        }
    }

    /// Runs the driver with a fault, and judges what is there without it.
    private static func run(
        _ fault: FaultyDisk.Fault,
        at number: Int,
        calls: Int = 0
    ) async throws -> (DriverRun, StoreFinding) {
        let losesUnsynced = fault == .syncError
        let run = try await DriverRun(
            commits: commits,
            writesDown: losesUnsynced,
            fault: fault,
            at: number,
            calls: calls
        )
        let failed = try run.counts().failed
        #expect(failed > 0, "\(fault) at \(number): nothing failed")
        let left = try TemporaryFolder()
        if losesUnsynced {
            var none = SplitMix64(seed: 1)
            try DiskModel(after: run.records()).image(.nothing, &none).write(to: left.path)
        }
        let finding = await StoreFinding(
            of: losesUnsynced ? left.file(DriverRun.storePath) : run.store,
            promised: run.promised,
            denied: run.denied,
            last: commits,
            situation: "\(fault) at \(number), exit \(run.exit): \(run.lines.joined(separator: ", "))"
        )
        return (run, finding)
    }
}
