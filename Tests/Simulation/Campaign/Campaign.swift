import Foundation
import NIOConcurrencyHelpers

/// Many seeds, on several threads at once: each run has a thread to itself.
package struct Campaign: Sendable {
    package struct Result: Sendable {
        package fileprivate(set) var runs = 0
        /// Seeds whose run was not as it must be, with what was wrong.
        package fileprivate(set) var failed: [(seed: UInt64, violation: String)] = []
        package fileprivate(set) var tally = Tally()
        /// By seed: the hash of the history's end and the digest of all decisions.
        package fileprivate(set) var fingerprints: [UInt64: String] = [:]

        package var hashes: [String] { fingerprints.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" } }

        /// What it proves: no failure in n runs bounds the rate below 3/n, at 95 %.
        package var summary: String {
            let hours = tally.seconds / 3600
            let lived = "\(runs) runs, \(tally.steps) steps, \(hours) simulated hours"
            guard failed.isEmpty else { return "\(lived): \(failed.count) FAILED" }
            let bound = runs > 0 ? 300.0 / Double(runs) : 100
            return
                "\(lived): none failed, so less than \(String(format: "%.4g", bound)) % of such runs fail (rule of three, 95 %)"
        }
    }

    private let from: UInt64
    private let count: Int
    private let threads: Int

    package init(from: UInt64, count: Int, threads: Int) {
        self.from = from
        self.count = count
        self.threads = max(1, threads)
    }

    /// Runs them all and blocks meanwhile.
    /// - Parameter report: is told of progress and of every seed that fails, from any thread.
    package func run(report: @escaping @Sendable (String) -> Void) -> Result {
        let shared = NIOLockedValueBox((next: from, result: Result()))
        let group = DispatchGroup()
        for _ in 0..<threads {
            group.enter()
            let thread = Thread {
                while let seed = take(shared) { finish(SimulationRun(seed: seed), shared, report) }
                group.leave()
            }
            // Tasks are run in the middle of one another's resumption; the usual half megabyte is too little in debug builds.
            thread.stackSize = 8 << 20
            thread.start()
        }
        group.wait()
        return shared.withLockedValue(\.result)
    }

    private func take(_ shared: NIOLockedValueBox<(next: UInt64, result: Result)>) -> UInt64? {
        shared.withLockedValue { shared in
            guard shared.next < from + UInt64(count) else { return nil }
            defer { shared.next += 1 }
            return shared.next
        }
    }

    private func finish(
        _ run: SimulationRun,
        _ shared: NIOLockedValueBox<(next: UInt64, result: Result)>,
        _ report: @Sendable (String) -> Void
    ) {
        let done = shared.withLockedValue { shared in
            shared.result.runs += 1
            shared.result.tally.add(run.tally)
            if count <= 2000 {
                shared.result.fingerprints[run.seed] = "\(run.historyHash) \(String(run.digest, radix: 16))"
            }
            if let violation = run.violation { shared.result.failed.append((run.seed, violation)) }
            return shared.result.runs
        }
        if let violation = run.violation {
            report("seed \(run.seed): \(violation)\n    to see it: make simulate FROM=\(run.seed) TRACE=1")
        }
        if done % max(1000, count / 20) == 0 { report("\(done) of \(count) done") }
    }
}
