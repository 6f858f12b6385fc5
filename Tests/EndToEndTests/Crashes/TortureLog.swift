import Foundation
import NIOConcurrencyHelpers
import Sandbox

/// How often, how many at once, and where it is written down: from the environment, which `make torture` sets.
struct Torture: Sendable {
    /// Runs of each point.
    let times: Int
    /// Runs at the same time, over all points.
    let jobs: Int
    let log: TortureLog

    static let shared: Result<Torture, any Error> = Result {
        let environment = ProcessInfo.processInfo.environment
        return Torture(
            times: environment["TORTURE_TIMES"].flatMap(Int.init) ?? 3,
            jobs: environment["TORTURE_JOBS"].flatMap(Int.init) ?? 6,
            log: try TortureLog(environment["TORTURE_RESULTS"])
        )
    }
}

/// One line for each finished run, so that a torture that was interrupted goes on where it was.
final class TortureLog: Sendable {
    private static let runsBetweenReports = 100

    private let file: FileHandle?
    private let finished: NIOLockedValueBox<Set<String>>

    /// - Parameter path: of a file of JSON lines; nil writes nothing and begins anew.
    init(_ path: String?) throws {
        guard let path else {
            file = nil
            finished = NIOLockedValueBox([])
            return
        }
        if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(fileURLWithPath: path)) }
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let keys = lines.compactMap { SandboxJSON(parsing: $0.utf8) }.compactMap { line -> String? in
            // What failed is done again.
            guard let point = line["point"]?.string, let run = line["run"]?.int,
                line["problems"]?.array?.isEmpty == true
            else { return nil }
            return Self.key(point, run)
        }
        finished = NIOLockedValueBox(Set(keys))
        file = FileHandle(forWritingAtPath: path)
        guard let file else { throw CrashProblem("\(path) cannot be written") }
        try file.seekToEnd()
    }

    func isFinished(_ place: CrashPlace, _ number: Int) -> Bool {
        finished.withLockedValue { $0.contains(Self.key(place.rawValue, number)) }
    }

    func add(_ scenario: CrashScenario, _ problems: [String], _ facts: SandboxJSON, took: Duration) throws {
        let line: SandboxJSON = [
            "point": .string(scenario.point), "run": .int(scenario.number),
            "way": .string(scenario.death.description), "asks": .array(scenario.asks.map { .string($0.text) }),
            "faults": .array(
                scenario.cloudFaults.map { .string("cloud \($0.kind.rawValue)") }
                    + scenario.slackFaults.map { .string("slack \($0.kind.rawValue)") }
            ),
            "seconds": .double(took / .seconds(1)), "problems": .array(problems.map { .string($0) }), "facts": facts,
        ]
        try finished.withLockedValue { finished in
            finished.insert(Self.key(scenario.point, scenario.number))
            try file?.write(contentsOf: Data(line.bytes + [UInt8(ascii: "\n")]))
            if file != nil, finished.count % Self.runsBetweenReports == 0 { print("\(finished.count) runs are done") }
        }
    }

    private static func key(_ point: String, _ run: Int) -> String { "\(point) \(run)" }
}
