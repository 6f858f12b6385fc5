import CurlHTTP
import Foundation
import Sandbox
import TestSupport
import Testing

/// Slack waits three seconds. Whatever is slow or gone: by then it has heard 200, and what it sent is stored, or 503, and it
/// is not.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct AnswerInTimeTests {
    @Test func aBurstOfFiveThousandCommands() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let answers = try await Crowd(world, bot).send(5000, atOnce: 64)
        try await bot.process.killNow()
        try await check(answers, world)
        try await world.end()
    }

    /// Another process holds the store's lock, now for a moment and now for longer than anybody waits.
    @Test func aStoreThatIsSlow() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let holder = try ChildProcess(
            try Tools.judgesPython(),
            [
                "-uc",
                """
                import itertools, sqlite3, sys, time
                db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
                for hold in itertools.cycle([0.4, 1.5, 3.2]):
                    db.execute("begin immediate")
                    print("held")
                    time.sleep(hold)
                    db.execute("commit")
                    time.sleep(0.2)
                """,
                world.folder.file("clusterbot.db"),
            ]
        )
        try await holder.seen.wait(for: "the lock") { $0.output.contains("held") }
        let answers = try await Crowd(world, bot).send(60, atOnce: 4)
        try await holder.killNow()
        // Both have happened.
        #expect(Set(answers.map(\.status)) == [200, 503])
        #expect(try await bot.stop() == 0)
        try await check(answers, world)
        try await world.end()
    }

    @Test func anAPIThatHangsAndASlackThatIsDown() async throws {
        let world = try await World { text in
            // Nobody listens there.
            text.replacing(/api_url: \S+/, with: "api_url: http://127.0.0.1:1/api/")
        }
        await world.cloud.add(CloudFault(.delayBefore, times: 1000, milliseconds: 6000))
        let bot = try await world.startBot()
        let answers = try await Crowd(world, bot).send(200, atOnce: 32)
        #expect(answers.allSatisfy { $0.status == 200 })
        try await bot.process.killNow()
        try await check(answers, world)
        try await world.end()
    }

    /// What was answered 200 is stored, each as a change of its own, and nothing else goes on.
    private func check(_ answers: [Crowd.Answer], _ world: World) async throws {
        let slowest = try #require(answers.map(\.time).max())
        #expect(slowest < .seconds(3))
        #expect(answers.allSatisfy { [200, 503].contains($0.status) })
        let listed = try await world.run("changes", "list", "--all", "--json").output
        let changes = try #require(try json(listed).array)
        var open: [Int: [Int]] = [:]
        for change in changes {
            let number = try #require(change["id"]?.int)
            let nodes = try #require(change["parameters"]?["additional_nodes"]?.int)
            let isWithdrawn = change["outcome"]?.string?.contains("could not be stored in time") == true
            if !isWithdrawn { open[nodes, default: []].append(number) }
        }
        for answer in answers {
            let stored = open[answer.nodes] ?? []
            if answer.status == 200 {
                #expect(stored.count == 1, "\(answer)")
                #expect(answer.text.contains("#\(stored.first ?? 0) "), "\(answer)")
            } else {
                #expect(stored.isEmpty, "\(answer)")
            }
        }
    }
}

/// Many people who type at once, each something else.
private struct Crowd {
    struct Answer: Sendable {
        let nodes: Int
        let status: Int
        let text: String
        let time: Duration
    }

    private let sender: Sender

    init(_ world: World, _ bot: RunningBot) { sender = Sender(world: world, url: bot.url) }

    /// - Parameter atOnce: so many wait for an answer at a time.
    func send(_ count: Int, atOnce: Int) async throws -> [Answer] {
        // With a connection for each, so that none waits on this side.
        let transport = try CurlTransport(maximumConnectionsPerHost: atOnce, maximumConnections: atOnce)
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            var answers: [Answer] = []
            for nodes in 1...count {
                if nodes > atOnce, let answer = try await group.next() { answers.append(answer) }
                group.addTask { try await send(nodes, over: transport) }
            }
            for try await answer in group { answers.append(answer) }
            return answers
        }
        await transport.shutdown()
        return answers
    }

    private func send(_ nodes: Int, over transport: CurlTransport) async throws -> Answer {
        let body = HostileRequestsTests.form(["text": "42 scale \(nodes)", "trigger_id": "1.2.\(nodes)"])
        let start = ContinuousClock.now
        let reply = try await sender.post(body, over: transport)
        return Answer(
            nodes: nodes,
            status: reply.status,
            text: String(decoding: reply.body, as: UTF8.self),
            time: ContinuousClock.now - start
        )
    }
}
