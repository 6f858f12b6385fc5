import Sandbox
import TestSupport
import Testing

/// The process is killed at each of the 28 crash points and started again. Whatever else goes wrong at the same time: no
/// request leaves twice, nothing that was accepted is forgotten, every verdict is what the cloud did, and the channel hears of
/// it. `make torture` runs the same as often as wanted.
@Suite(.timeLimit(.minutes(Tortured.minutes)))
struct CrashPointTests {
    @Test(arguments: CrashPlace.allCases)
    func nothingIsLostAndNothingIsDoneTwice(at place: CrashPlace) async throws {
        let torture = try Torture.shared.get()
        for number in 0..<torture.times where !torture.log.isFinished(place, number) {
            try await Tortured.slots.inside { try await run(CrashScenario(place, number), torture.log) }
        }
    }

    private func run(_ scenario: CrashScenario, _ log: TortureLog) async throws {
        let began = ContinuousClock.now
        var problems: [String]
        var facts = SandboxJSON.null
        do {
            let run = try await CrashRun(scenario, shim: try await Tortured.shim.value)
            let verdict = try await Tortured.judge.get().verdict(on: try await run.evidence())
            problems = verdict.problems
            facts = verdict.facts
            // Its folder goes with it, and the judge reads there.
            withExtendedLifetime(run) {}
        } catch {
            problems = ["\(error)"]
        }
        try log.add(scenario, problems, facts, took: .now - began)
        #expect(
            problems.isEmpty,
            "run \(scenario.number), \(scenario.death), \(scenario.asks.map(\.text)): \(problems.joined(separator: "\n"))"
        )
    }
}

/// What all runs share.
private enum Tortured {
    /// A run takes seconds, and all points share the places; with a torture's many it may be hours.
    static let minutes = (try? Torture.shared.get()).map { 10 + $0.times * CrashPlace.allCases.count / $0.jobs } ?? 10
    static let slots = Slots((try? Torture.shared.get())?.jobs ?? 1)
    static let judge = Result { try CrashJudge() }
    static let folder = Result { try TemporaryFolder() }
    /// The library that kills within system calls.
    static let shim = Task {
        let library = try folder.get().file("dying_calls.so")
        let compiled = try await ChildProcess.run(
            "/usr/bin/gcc",
            ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, Tools.root + "/Tests/Shims/dying_calls.c"]
        )
        guard compiled.exit == 0 else { throw CrashProblem("dying_calls.c: \(compiled.errors)") }
        return library
    }
}
