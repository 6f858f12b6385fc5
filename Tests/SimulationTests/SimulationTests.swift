import Foundation
import Simulation
import TestSupport
import Testing

@Suite("The engine in a simulated world", .serialized)
struct SimulationTests {
    @Test func holds() {
        let result = Campaign(from: 1, count: 500, threads: 2).run { print($0) }
        print(result.summary)
        #expect(result.failed.isEmpty)
        // A simulation in which nothing goes wrong shows nothing.
        #expect(result.tally.faults.allSatisfy { $0 > 0 }, "\(result.tally.lines.joined(separator: "\n"))")
        let cuts = zip(result.tally.crashes, result.tally.freezes).map(+)
        #expect(cuts.allSatisfy { $0 > 0 }, "\(result.tally.lines.joined(separator: "\n"))")
        for what in [
            "offers taken", "offers taken, for everybody", "offers clicked by others", "offers clicked too late",
            "followings: it runs", "followings: it does not run", "followings: ended by a sending",
            "reminders that were due",
        ] {
            #expect(result.tally.others[what, default: 0] > 0, "\(what): never")
        }
    }

    /// In two processes, because the order of what is in a set or dictionary differs from process to process.
    @Test func sameSeedSameHistory() async throws {
        var outputs: [[Substring]] = []
        for threads in 1...2 {
            let run = try await ChildProcess.run(
                Self.program,
                ["--seeds", "20", "--threads", "\(threads)", "--hashes"]
            )
            #expect(run.exit == 0, "\(run.output)")
            outputs.append(
                run.output.split(separator: "\n").filter { line in
                    line.contains(#/^[0-9]+ [0-9a-f]{64} /#)
                }
            )
        }
        #expect(outputs[0].count == 20)
        #expect(outputs[0] == outputs[1])
    }

    /// Beside the test bundle.
    private static let program: String = {
        let bundle = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
        return ((bundle ?? CommandLine.arguments[0]) as NSString).deletingLastPathComponent + "/simulate"
    }()
}
