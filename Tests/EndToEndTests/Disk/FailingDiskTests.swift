import CurlHTTP
import Foundation
import Sandbox
import TestSupport
import Testing

/// F15 and F16: the disk under the running service fills up or fails, at one call after the other from the command to its
/// result. Nothing is sent without its intent on the disk, nothing twice, and what was answered is not forgotten.
@Suite(.timeLimit(.minutes(20)))
struct FailingDiskTests {
    /// So many runs go on at once.
    private static let width = 3
    /// So many writes are tried, evenly spread; all with `EVERY_WRITE=1`.
    private static let writesTried = ProcessInfo.processInfo.environment["EVERY_WRITE"] == nil ? 12 : Int.max
    /// So many writes find no space before there is some again: more than one transaction needs.
    private static let writesWithoutSpace = 40

    private static let ask = CrashScenario.Ask("43 scale 1", "scale_cluster")

    @Test func aSyncThatFailsEndsTheProcessBeforeAnythingIsSent() async throws {
        try await Self.forSome(\.syncs, most: .max) { number in
            try await Self.run("F16", .disk(.syncError, at: number, calls: 1))
        }
    }

    @Test func aWriteThatFailsEndsTheProcessBeforeAnythingIsSent() async throws {
        try await Self.forSome(\.writes, most: Self.writesTried) { number in
            try await Self.run("F16", .disk(.writeError, at: number, calls: 0))
        }
    }

    @Test func aFullDiskOnlyDelays() async throws {
        try await Self.forSome(\.writes, most: Self.writesTried) { number in
            try await Self.run("F15", .disk(.full, at: number, calls: Self.writesWithoutSpace))
        }
    }

    /// Before it is full there is still room for what comes of what was begun, but nothing new is taken on.
    @Test func aNearlyFullDiskTakesOnNothingNewUntilThereIsRoom() async throws {
        let world = try await World()
        let disk = try await FaultyDisk(watching: world.folder.path)
        let bot = try await world.startBot(environment: disk.environment)
        let sender = Sender(world: world, url: bot.url)
        #expect(try await sender.get("/readyz").status == 200)
        try await world.amy("/cluster 42 restart cluster")
        try await world.sees(": approve?")
        try disk.arm(.nearlyFull, at: 0)
        try await Self.readyz(sender, becomes: 503)
        try await world.amy("/cluster \(Self.ask.text)")
        try await world.isTold("disk is nearly full", "U0AMY")
        // What was stored before can still be decided.
        try await world.click("Deny", as: "U0BOB")
        try await world.sees("– denied")
        try disk.arm(.nothing, at: 0)
        try await Self.readyz(sender, becomes: 200)
        try await world.amy("/cluster \(Self.ask.text)")
        try await world.sees("– done")
        #expect(await world.cloud.actions.count == 1)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// What is free is asked of the disk every few milliseconds at most.
    private static func readyz(_ sender: Sender, becomes status: Int) async throws {
        let end = ContinuousClock.now + .patience
        while try await sender.get("/readyz").status != status, .now < end {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(try await sender.get("/readyz").status == status)
    }

    /// Some numbers, evenly spread, of the calls that a run without any fault makes before its result is told.
    private static func forSome(
        _ call: (FaultyDisk.Counts) -> Int,
        most: Int,
        _ isReached: @escaping @Sendable (Int) async throws -> Bool
    ) async throws {
        let count = try call(await usualCounts.value)
        #expect(count >= 4)
        let numbers = Array(stride(from: 1, through: count, by: max(1, count / most)))
        let reached = try await withThrowingTaskGroup(of: Bool.self) { group in
            var reached: [Bool] = []
            for (index, number) in numbers.enumerated() {
                if index >= width, let isReached = try await group.next() { reached.append(isReached) }
                group.addTask { try await isReached(number) }
            }
            for try await isReached in group { reached.append(isReached) }
            return reached
        }
        // Steps that come together share a commit, so that a run may need a little less than the one that was counted.
        #expect(reached.count { !$0 } <= 2)
    }

    private static let usualCounts = Task {
        let world = try await World()
        let disk = try await FaultyDisk(watching: world.folder.path)
        let bot = try await world.startBot(environment: disk.environment)
        try disk.arm(.nothing, at: 0)
        try await world.amy("/cluster \(ask.text)")
        try await world.slack.waitUntil("the result", within: .patience) { state in
            state.messages(in: "C0HISTORY").contains { $0.text.contains(" done: ") }
        }
        let counts = try disk.counts()
        _ = try await bot.stop()
        try await world.end()
        return counts
    }

    private static let judge = Result { try CrashJudge() }

    /// Whether the fault came before everything was done.
    private static func run(_ point: String, _ death: CrashPlace.Death) async throws -> Bool {
        let run = try await CrashRun(CrashScenario(point: point, death, [ask]), shim: "")
        var evidence = try await run.evidence()
        let isReached = await run.callsFailedAtRest > 0
        // What fails while an idle process ends need not make it end otherwise, as with a full disk.
        if !isReached { evidence["point"] = "F15" }
        let problems = try await judge.get().verdict(on: evidence).problems
        #expect(problems.isEmpty, "\(death): \(problems.joined(separator: "\n"))")
        withExtendedLifetime(run) {}
        return isReached
    }
}
