import Foundation
import Sandbox
import TestSupport
import Testing

/// F11 to F13: the process stands still, as under a debugger or on a machine without memory, for longer than a request may
/// wait between its intent and its first byte. It must not send then what others have long taken for unsent.
@Suite(.timeLimit(.minutes(20)))
struct StoppedProcessTests {
    /// Where it stands still, and what may come of it.
    struct Stop: Sendable, CustomTestStringConvertible {
        let steps: String
        /// How many requests reach the cloud while it stands still, and in the end.
        let requests: (during: Int, afterwards: ClosedRange<Int>)
        let outcomes: Set<String>
        /// Longer than a request may wait for its first byte; see ``BotCore/SendPermit/sendWithin``.
        var standstill = Duration.milliseconds(5500)

        var isLong: Bool { standstill > .seconds(10) }
        var testDescription: String { isLong ? "\(steps), long" : steps }

        static let all = [
            // Before the intent nothing is running out.
            Stop(steps: "turnCame:1", requests: (0, 1...1), outcomes: ["succeeded answer"]),
            Stop(steps: "sendingTakenUp:1", requests: (0, 1...1), outcomes: ["succeeded answer"]),
            Stop(steps: "clusterRead:1", requests: (0, 1...1), outcomes: ["succeeded answer"]),
            // From the intent on it is too late afterwards.
            Stop(steps: "intentInTransaction:1", requests: (0, 0...0), outcomes: ["failed not_sent"]),
            Stop(steps: "intentInTransaction:1,commitBegins:1", requests: (0, 0...0), outcomes: ["failed not_sent"]),
            Stop(steps: "intentInTransaction:1,commitDone:1", requests: (0, 0...0), outcomes: ["failed not_sent"]),
            Stop(steps: "intentCommitted:1", requests: (0, 0...0), outcomes: ["failed not_sent"]),
            Stop(steps: "nameLookup:1", requests: (0, 0...0), outcomes: ["failed not_sent"]),
            Stop(steps: "socketOpens:1", requests: (0, 0...0), outcomes: ["failed not_sent"]),
            // Between the last question and the first byte no program can tell. Whatever happens is read from the cluster.
            Stop(
                steps: "lastMomentBeforeSending:1",
                requests: (0, 0...1),
                outcomes: ["succeeded answer", "succeeded read_back", "failed read_back"]
            ),
            // After it, nothing leaves a second time.
            Stop(
                steps: "replyArrives:1",
                requests: (1, 1...1),
                outcomes: ["succeeded answer", "succeeded read_back"]
            ),
            Stop(steps: "replyJudged:1", requests: (1, 1...1), outcomes: ["succeeded answer"]),
            // Longer than the lease, 18 s with these time-outs: taken for lost, and settled by the answer or by reading.
            Stop(
                steps: "replyJudged:1",
                requests: (1, 1...1),
                outcomes: ["succeeded answer", "succeeded read_back"],
                standstill: .seconds(19)
            ),
            Stop(steps: "outcomeInTransaction:1", requests: (1, 1...1), outcomes: ["succeeded answer"]),
            Stop(steps: "outcomeCommitted:1", requests: (1, 1...1), outcomes: ["succeeded answer"]),
        ]
    }

    @Test(arguments: Stop.all)
    func nothingLeavesTooLateOrTwice(stop: Stop) async throws {
        let world = try await World {
            $0.replacing(
                World.timeouts,
                with: stop.isLong ? "{connect: 2s, total: 3s}" : "{connect: 2s, total: 5s}"
            )
        }
        let bot = try await world.startBot(environment: ["CLUSTERBOT_STOP_AT": stop.steps])
        try await world.amy("/cluster 43 scale 1")
        let point = stop.steps.split(separator: ",").last?.split(separator: ":").first ?? ""
        try await bot.process.seen.wait(for: "\(point) to be reached") { $0.errors.contains("reached \(point)") }
        try await Task.sleep(for: stop.standstill)
        #expect(try isStopped(bot.process.pid))
        #expect(await world.cloud.actions.count == stop.requests.during)
        bot.process.send(SIGCONT)
        // Seen in the channel that is never edited, so every verdict is there.
        try await world.slack.waitUntil("the result", within: .patience) { state in
            state.messages(in: "C0HISTORY").contains { $0.text.contains(" done: ") || $0.text.contains("failed") }
        }
        let sent = await world.cloud.actions
        #expect(stop.requests.afterwards.contains(sent.count))
        let listed = try json(try await world.run("changes", "list", "--json").output)
        let outcome = "\(listed[0]?["state"]?.string ?? "") \(listed[0]?["how_known"]?.string ?? "")"
        #expect(stop.outcomes.contains(outcome), "\(outcome)")
        #expect(outcome.hasPrefix("succeeded") == sent.contains { $0.applied })
        #expect(await world.cloud.cluster(43)?.nodes == (sent.contains { $0.applied } ? 3 : 2))
        #expect(try await world.run("history", "verify").exit == 0)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// For longer than a read of the cluster counts: two calls in their whole time-out, and 5 s. Meanwhile somebody adds nodes.
    @Test func nothingIsSentByWhatWasReadLongAgo() async throws {
        let world = try await World { $0.replacing(World.timeouts, with: "{connect: 1s, total: 1s}") }
        let bot = try await world.startBot(environment: ["CLUSTERBOT_STOP_AT": "clusterRead:1"])
        try await world.amy("/cluster 43 scale to 6")
        try await bot.process.seen.wait(for: "the cluster to be read") { $0.errors.contains("reached clusterRead") }
        try await world.cloud.edit { world in
            for index in world.clusters.indices where world.clusters[index].id == 43 { world.clusters[index].nodes = 5 }
        }
        try await Task.sleep(for: .milliseconds(7500))
        #expect(try isStopped(bot.process.pid))
        bot.process.send(SIGCONT)
        try await world.sees("+1 node on")
        try await world.sees("– done")
        #expect(await world.cloud.cluster(43)?.nodes == 6)
        #expect(await world.cloud.actions.count == 1)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Whether the system says that the process stands still.
    private func isStopped(_ pid: Int32) throws -> Bool {
        try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8).contains("State:\tT")
    }
}
