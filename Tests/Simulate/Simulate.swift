import Foundation
import Simulation

/// Runs seeds of the simulation: `simulate [--from N] [--seeds N] [--threads N] [--hashes] [--trace]`.
@main
struct Simulate {
    static func main() {
        var options: [String: String] = [:]
        var words = CommandLine.arguments.dropFirst()
        while let word = words.popFirst() {
            options[word] = word == "--trace" || word == "--hashes" ? "" : words.popFirst() ?? ""
        }
        let from = options["--from"].flatMap(UInt64.init) ?? 1
        let count = options["--seeds"].flatMap(Int.init) ?? 500
        let campaign = Campaign(
            from: from,
            count: count,
            threads: options["--threads"].flatMap(Int.init) ?? ProcessInfo.processInfo.activeProcessorCount
        )
        if options["--trace"] != nil {
            let run = SimulationRun(seed: from) { print($0) }
            print(run.violation ?? "nothing is wrong")
            exit(run.violation == nil ? 0 : 1)
        }
        let result = campaign.run { line in
            print(line)
            // At once, also into a file: a run takes long.
            fflush(nil)
        }
        if options["--hashes"] != nil { for line in result.hashes { print(line) } }
        for line in result.tally.lines { print(line) }
        print(result.summary)
        exit(result.failed.isEmpty ? 0 : 1)
    }
}
