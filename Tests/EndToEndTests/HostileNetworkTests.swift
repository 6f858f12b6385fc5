import CurlHTTP
import Foundation
import Sandbox
import TestSupport
import Testing

/// The service with few descriptors, on a network where nobody but one is honest.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct HostileNetworkTests {
    private static let descriptors = 256

    @Test func honestCommandsAreAnsweredAmidSlowIdleHugeHalfAndManyPeers() async throws {
        let world = try await World()
        let bot = try await world.startBot(descriptors: Self.descriptors)
        let judge = try judge(of: bot, "hostile_network_judge.py", "--seconds", "8")
        // Meanwhile somebody asks for something, somebody agrees, and it is sent.
        try await bot.process.seen.wait(for: "the bound to be met") { $0.errors.contains { $0.contains(Self.line) } }
        try await insisting { try await world.amy("/cluster 42 restart cluster") }
        try await insisting { try await world.click("Approve", as: "U0BOB") }
        try await world.sees("– done")
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(bot.process.pid)/fd").count
        #expect(open < Self.descriptors - 64)
        #expect(try await judge.exitCode() == 0, "\(judge.seen.state.errors)")
        try await judge.outputEnds()
        var output = judge.seen.state.output.first ?? ""
        let seen = try json(output)
        let (errors, count) = (try #require(seen["errors"]?.array), try #require(seen["count"]?.int))
        #expect(count > 15 && errors.count * 100 <= count, "\(output)")
        // A machine that had other things to do for a moment is measured again.
        for _ in 1...2 where try !Self.isQuick(output) {
            let again = try self.judge(of: bot, "hostile_network_judge.py", "--seconds", "8")
            #expect(try await again.exitCode() == 0)
            try await again.outputEnds()
            output = again.seen.state.output.first ?? ""
        }
        #expect(try Self.isQuick(output), "\(output)")
        #expect(await world.cloud.actions.count == 1)
        let metrics = String(
            decoding: try await Sender(world: world, url: bot.url).get("/metrics").body,
            as: UTF8.self
        )
        let refused = try #require(metrics.firstMatch(of: /\nclusterbot_connections_refused_total ([0-9]+)/)?.1)
        #expect(try #require(Int(refused)) > 100)
        #expect(metrics.contains("\nclusterbot_connections "))
        #expect(try await bot.stop() == 0)
        // The log is not flooded, too.
        let lines = bot.process.seen.state.errors.filter { $0.contains(Self.line) }
        #expect((1...9).contains(lines.count))
        try await world.end()
    }

    /// Does what a person does again whose connection was lost: at the bound it gives way to the newest while its request is
    /// still on its way, and on a machine that syncs its disk all the time a commit takes longer than Slack waits. How quickly
    /// honest commands are answered is measured by the judge.
    private func insisting(_ act: () async throws -> Void) async throws {
        for _ in 1...30 { if (try? await act()) != nil { return } }
        try await act()
    }

    /// Whether the honest one was answered within 300 ms. On a machine that has other things to do, half of the time that
    /// Slack gives, or more where it takes that without hostile peers.
    private static func isQuick(_ output: String) throws -> Bool {
        let p99 = try #require(output.firstMatch(of: /"p99": ([0-9.]+)/).flatMap { Double($0.1) })
        let alone = try #require(output.firstMatch(of: /"p99_alone": ([0-9.]+)/).flatMap { Double($0.1) })
        let load = try #require(output.firstMatch(of: /"load": ([0-9.]+)/).flatMap { Double($0.1) })
        return p99 < max(load > 1.5 ? 1500 : 300, alone * 10)
    }

    private static let line = "the bound of connections is met"

    @Test func whatNeverBecomesWholeIsClosedAfterTenSeconds() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let judge = try judge(of: bot, "connection_judge.py", "--slow")
        #expect(try await judge.exitCode() == 0, "\(judge.seen.state.errors)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// curl waits for it one of the three seconds that Slack has.
    @Test func whoAsksBeforeSendingTheBodyIsAnswered() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let body = HostileRequestsTests.form(["text": "version"])
        // On a busy machine one of them may be late by itself; who is not answered before sending is late every time.
        var good = try await curl(world, bot, body)
        for _ in 0..<5 where good.seconds >= 0.9 { good = try await curl(world, bot, body) }
        #expect(good.status == "200" && good.seconds < 0.9, "\(good)")
        // What is too large is refused before it is sent, and sending stops where nobody asks first.
        let huge = String(repeating: "a", count: 25 << 20)
        let refused = try await curl(world, bot, huge)
        #expect(refused.status == "413" && refused.sent == 0, "\(refused)")
        let unasked = try await curl(world, bot, huge, "Expect:")
        #expect(unasked.status == "413" && unasked.sent < 16 << 20, "\(unasked)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    private func curl(
        _ world: World,
        _ bot: RunningBot,
        _ body: String,
        _ header: String = "Expect: 100-continue"
    ) async throws -> (status: String, seconds: Double, sent: Int) {
        let signed = await world.slack.signedHeaders(for: Array(body.utf8), at: Date())
        let headers = signed.flatMap { ["--header", "\($0.name): \($0.value)"] } + ["--header", header]
        let file = try world.folder.write(body, to: "body")
        let done = try await ChildProcess.run(
            "/usr/bin/curl",
            ["--silent", "--output", "/dev/null", "--write-out", "%{http_code} %{time_total} %{size_upload}"]
                + headers + ["--data-binary", "@\(file)", bot.url + "/slack/commands"]
        )
        let parts = done.output.split(separator: " ").map(String.init)
        try #require(parts.count == 3, "\(done)")
        return (parts[0], try #require(Double(parts[1])), try #require(Int(parts[2])))
    }

    private func judge(of bot: RunningBot, _ script: String, _ more: String...) throws -> ChildProcess {
        let secret = World.secrets["SLACK_SIGNING_SECRET"] ?? ""
        return try ChildProcess(
            try Judges.python(),
            [Judges.script(script), bot.url, "--secret", secret] + more
        )
    }
}
