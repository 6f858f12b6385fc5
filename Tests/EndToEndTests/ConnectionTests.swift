import Sandbox
import TestSupport
import Testing

/// What a client may do with one connection.
@Suite(.timeLimit(.minutes(20)))
struct ConnectionTests {
    @Test func everythingOnAConnectionIsAnsweredOnceAndInOrder() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let judge = try judge(of: bot)
        #expect(try await judge.exitCode() == 0, "\(judge.seen.state.errors)")
        // What was cut off, malformed or for no webhook left nothing.
        let changes = try json(try await world.run("changes", "list", "--all", "--json").output).array
        let nodes = try #require(changes).compactMap { $0["parameters"]?["additional_nodes"]?.int }
        #expect(nodes.sorted() == [1, 2, 3])
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Nothing is owed to a request that is not whole: nobody has signed it.
    @Test func openConnectionsAndHalfRequestsDoNotKeepItFromStopping() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let judge = try judge(of: bot, "--hold")
        try await judge.seen.wait(for: "connections") { $0.output.contains("held") }
        let begin = ContinuousClock.now
        #expect(try await bot.stop() == 0)
        // Before the ten seconds after which it would be closed by itself.
        #expect(ContinuousClock.now - begin < .seconds(8))
        #expect(try await judge.exitCode() == 0, "\(judge.seen.state.errors)")
        try await world.end()
    }

    private func judge(of bot: RunningBot, _ more: String...) throws -> ChildProcess {
        let secret = World.secrets["SLACK_SIGNING_SECRET"] ?? ""
        return try ChildProcess(
            try Judges.python(),
            [Judges.script("connection_judge.py"), bot.url, "--secret", secret] + more
        )
    }
}
