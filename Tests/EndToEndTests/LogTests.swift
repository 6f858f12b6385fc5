import Foundation
import Sandbox
import TestSupport
import Testing

/// What the log alone tells whoever runs the service.
@Suite(.timeLimit(.minutes(3)))
struct LogTests {
    @Test func oneChangeIsFollowedByItsNumberFromTheWebhookToTheResult() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 42 restart cluster --reason \"the canary sings\"")
        try await world.sees(": approve?")
        try await world.click("Approve", as: "U0BOB")
        try await world.sees("– done")
        try await world.sees("#1", in: "C0HISTORY")
        #expect(try await bot.stop() == 0)
        let lines = try steps(of: 1, bot.process.seen.state.errors)
        #expect(lines.map { $0["event"]?.string } == ["requested", "planned", "approved", "sending", "succeeded"])
        #expect(lines.map { $0["actor"]?.string } == ["amy", "clusterbot", "bob", "clusterbot", "clusterbot"])
        #expect(lines.map { $0["reason"]?.string } == ["yes", "no", "no", "no", "no"])
        #expect(lines.map { $0["seq"]?.int } == [1, 2, 3, 4, 5])
        let request = try #require(lines.first?["request"]?.string)
        for line in lines {
            // What bob's click did came of another webhook than what amy typed.
            #expect((line["request"]?.string == request) == (line["event"]?.string != "approved"))
            #expect(line["request"]?.string?.isEmpty == false)
            #expect(line["level"]?.string == "info")
            #expect(line["cluster"]?.int == 42)
            #expect(line["action"]?.string == "restart_cluster")
            #expect(line["channel"]?.string == "slack:T0001/C0OPS")
            #expect(line["rule"]?.string == "prod is agreed")
        }
        #expect(lines.last?["how_known"]?.string == "answer")
        try await checkSeconds(of: lines, world)
        try await world.end()
    }

    /// Also where a change was stored in between without a step: a change that needs nobody, which becomes ready and is read and
    /// planned later, in the transaction of the sending.
    @Test func theSecondsAreThoseSinceTheStepBefore() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        await world.cloud.add(CloudFault(.delayBefore, method: "GET", milliseconds: 400))
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        #expect(try await bot.stop() == 0)
        let lines = try steps(of: 1, bot.process.seen.state.errors)
        #expect(lines.map { $0["event"]?.string } == ["requested", "planned", "sending", "succeeded"])
        try await checkSeconds(of: lines, world)
        #expect(try #require(seconds(of: lines[1])) >= 0.4)
        #expect(seconds(of: lines[2]) == 0)
        try await world.end()
    }

    private func seconds(of line: SandboxJSON) -> Double? {
        switch line["seconds"] {
        case .int(let seconds): Double(seconds)
        case .double(let seconds): seconds
        default: nil
        }
    }

    /// Compares the seconds of each line with the times of the history, which are whole milliseconds.
    private func checkSeconds(of lines: [SandboxJSON], _ world: World) async throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        var times: [Int: Date] = [:]
        for line in try await world.run("history", "export", "--format", "jsonl").output.split(separator: "\n") {
            let entry = try json(String(line))
            let seq = try #require(entry["seq"]?.int)
            times[seq] = try style.parse(#require(entry["at"]?.string))
        }
        for (before, line) in zip(lines, lines.dropFirst()) {
            let earlier = try #require(before["seq"]?.int.flatMap { times[$0] })
            let at = try #require(line["seq"]?.int.flatMap { times[$0] })
            let said = try #require(seconds(of: line))
            #expect(abs(said - at.timeIntervalSince(earlier)) < 0.0005, "\(line)")
        }
        let first = try #require(lines.first.flatMap(seconds))
        #expect((0..<60).contains(first))
    }

    /// A reply that says no only in its body, a message that is not taken, and a line that cannot be deleted.
    @Test func whatRefusesUsSaysOfWhichChangeAndWebhook() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        await world.cloud.add(CloudFault(.failing200, method: "PUT"))
        await world.slack.add(SlackFault(.rateLimit, method: "chat.postMessage"))
        try await world.amy("/cluster 43 sg add 5")
        try await world.sees("failed")
        // The read takes so long that a line stands there before the card.
        await world.cloud.add(CloudFault(.delayBefore, method: "GET", milliseconds: 4500))
        await world.slack.add(SlackFault(.apiError, method: "chat.delete", error: "cant_delete_message"))
        try await world.amy("/cluster 42 restart cluster")
        try await world.sees(": approve?")
        try await bot.process.seen.wait(for: "the line that stays") { seen in
            seen.errors.contains { $0.contains("line not removed") }
        }
        #expect(try await bot.stop() == 0)
        let errors = bot.process.seen.state.errors
        let warnings = try errors.filter { $0.contains(#""level":"warning""#) }.map { try json($0) }
        for (message, change, cluster) in [
            ("the cluster API refused a request", 1, 43), ("message not delivered", 1, 43), ("line not removed", 2, 42),
        ] {
            let line = try #require(warnings.first { $0["message"]?.string == message }, "\(message): \(warnings)")
            #expect(line["change"]?.int == change && line["cluster"]?.int == cluster, "\(line)")
            let request = try #require(try steps(of: change, errors).first?["request"]?.string)
            #expect(line["request"]?.string == request, "\(line)")
        }
        let refusal = warnings.first { $0["call"]?.string == "add_security_group" }
        #expect(refusal?["status"]?.int == 200 && refusal?["code"]?.int == 400, "\(warnings)")
        try await world.end()
    }

    /// What is read for a question, which becomes no change, is found by the webhook that asked.
    @Test func aRefusedReadForAQuestionSaysOfWhichWebhook() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        await world.cloud.add(CloudFault(.errorBefore, method: "GET", status: 403))
        try await world.amy("/cluster 42 status")
        try await bot.process.seen.wait(for: "the warning") { seen in
            seen.errors.contains { $0.contains("refused a request") }
        }
        #expect(try await bot.stop() == 0)
        let lines = try bot.process.seen.state.errors.filter { $0.hasPrefix("{") }.map { try json($0) }
        let line = try #require(lines.first { $0["message"]?.string == "the cluster API refused a request" })
        #expect(line["cluster"]?.int == 42 && line["status"]?.int == 403 && line["request"]?.string != nil, "\(line)")
        try await world.end()
    }

    @Test func whatPeopleWroteIsNotInIt() async throws {
        let world = try await World()
        let bot = try await world.startBot(arguments: ["--verbose"])
        try await world.amy("/cluster 42 restart cluster --reason \"canary one\"")
        try await world.sees(": approve?")
        _ = try await world.slack.send("/cluster deny 1 canary two", as: "U0BOB", in: "C0OPS")
        try await world.sees("denied")
        _ = try await world.slack.send("/cluster 43 canary three", as: "U0AMY", in: "C0OPS")
        _ = try await world.slack.send("/cluster 43 scale 1", as: "U0DAVE", in: "C0OPS")
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        #expect(try await bot.stop() == 0)
        let log = bot.process.seen.state.errors.joined(separator: "\n")
        #expect(!log.contains("canary"))
        #expect(!log.contains("dave"), "a display name")
        #expect(log.contains("slack:T0001/U0DAVE"))
        for hook in await world.slack.state.hooks.values { #expect(!log.contains(hook.path)) }
        try await world.end()
    }

    @Test func anUnknownOutcomeAndARefusalOfTheAPIAreWarnings() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        await world.cloud.add(CloudFault(.dropAfter, method: "PUT"))
        try await world.amy("/cluster 43 sg add 5")
        try await world.sees("unknown")
        await world.cloud.add(CloudFault(.errorBefore, method: "PUT"))
        try await world.amy("/cluster 42 sg add 4")
        try await bot.process.seen.wait(for: "both warnings") { seen in
            seen.errors.contains { $0.contains(#""level":"warning""#) && $0.contains("refused a request") }
                && seen.errors.contains { $0.contains(#""event":"unknown""#) }
        }
        let unknown = try #require(
            try steps(of: 1, bot.process.seen.state.errors).last { $0["event"]?.string == "unknown" }
        )
        #expect(unknown["level"]?.string == "warning")
        #expect(unknown["outcome"]?.string?.isEmpty == false)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Whoever reads the log by machine reads the reason why there is no service, too.
    @Test func whatKeepsTheServiceFromStartingIsALineLikeEveryOther() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let broken = try await World { $0.replacing("needs: none", with: "neds: none") }
        for (other, words) in [(world, "another"), (broken, "neds")] {
            let ended = try await other.run("serve")
            #expect(ended.exit == 1)
            let lines = try ended.errors.split(separator: "\n").map { try json(String($0)) }
            #expect(
                lines.contains { $0["level"]?.string == "critical" && $0["message"]?.string?.contains(words) == true },
                "\(ended.errors)"
            )
        }
        let problem = try #require(try await broken.run("serve").errors.split(separator: "\n").first)
        #expect(try json(String(problem))["line"]?.int ?? 0 > 1)
        let plain = try await broken.run("serve", "--log-format", "text")
        #expect(plain.exit == 1 && plain.errors.contains("neds") && !plain.errors.hasPrefix("{"), "\(plain.errors)")
        #expect(try await bot.stop() == 0)
        try await broken.end()
        try await world.end()
    }

    /// As `docker --env-file` leaves it: every webhook would be refused.
    @Test func aQuotedSigningSecretKeepsTheServiceFromStarting() async throws {
        let world = try await World()
        let secret = World.secrets["SLACK_SIGNING_SECRET"] ?? ""
        for command in [["check"], ["serve"]] {
            let ended = try await ChildProcess.run(
                Tools.clusterbot,
                command + ["--config", world.configuration],
                environment: World.secrets.merging(["SLACK_SIGNING_SECRET": "\"\(secret)\""]) { _, new in new }
            )
            #expect(ended.exit == 1)
            #expect((ended.output + ended.errors).contains("quotation marks"), "\(ended)")
            #expect(!(ended.output + ended.errors).contains(secret))
        }
        try await world.end()
    }

    /// The lines of a change, as one finds them with the number alone.
    private func steps(of change: Int, _ log: [String]) throws -> [SandboxJSON] {
        try log.filter { $0.hasPrefix("{") }.map { try json($0) }
            .filter { $0["change"]?.int == change && $0["event"] != nil }
    }
}
