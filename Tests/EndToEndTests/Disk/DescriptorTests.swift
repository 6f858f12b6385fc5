import CurlHTTP
import Foundation
import Sandbox
import TestSupport
import Testing

/// F32: the process has no file descriptors left. Nothing is sent then and nothing is lost, and it goes on when there are.
@Suite(.timeLimit(.minutes(20)))
struct DescriptorTests {
    /// One that is read before it is sent, and one that is sent without.
    @Test(arguments: ["43 scale 1", "43 restart workers"])
    func withoutDescriptorsAChangeEndsUnsentAndTheNextOneWorks(text: String) async throws {
        // Long enough for a busy machine to read and send; without descriptors it is given up after this time.
        let world = try await World { $0.replacing(World.timeouts, with: "{connect: 5s, total: 10s}") }
        var bot = try await world.startBot()
        let sender = Sender(world: world, url: bot.url)
        // Opens the connection that the next request comes in by.
        #expect(try await sender.get("/healthz").status == 200)
        // What is open stays open. Nothing else can be opened.
        try await limit(bot, to: 3)
        let form = HostileRequestsTests.form(["text": text])
        #expect(try await sender.post(form).status == 200)
        let view = try StoreView(world.folder.file("clusterbot.db"))
        let deadline = ContinuousClock.now + .patience
        while try view.changes().map(\.state) != ["failed"], bot.process.seen.state.exit == nil, .now < deadline {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(await world.cloud.actions.isEmpty)
        // The threads' library ends a process in which it cannot look at its threads. Then the next one goes on.
        if bot.process.seen.state.exit != nil {
            bot = try await world.startBot()
            try await world.slack.waitUntil("the result", within: .patience) { state in
                state.messages(in: "C0HISTORY").contains { $0.text.contains("#1") && $0.text.contains(" done: ") }
            }
        } else {
            try await limit(bot, to: 1024)
            try await world.slack.waitUntil("the result", within: .patience) { state in
                state.messages(in: "C0HISTORY").contains { $0.text.contains("#1") && $0.text.contains("failed") }
            }
            let listed = try json(try await world.run("changes", "list", "--json").output)
            #expect(listed[0]?["how_known"]?.string == "not_sent")
        }
        let before = await world.cloud.actions.count
        #expect(before <= 1)
        // The API takes nothing while a restart goes on that the next process has sent.
        try await world.cloud.edit { cloud in
            for index in cloud.clusters.indices { cloud.clusters[index].restartingUntil = nil }
        }
        try await world.amy("/cluster 43 scale 2")
        try await world.slack.waitUntil("the next result", within: .patience) { state in
            state.messages(in: "C0HISTORY").contains { $0.text.contains("#2") && $0.text.contains(" done: ") }
        }
        #expect(await world.cloud.actions.count == before + 1)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    private func limit(_ bot: RunningBot, to count: Int) async throws {
        let set = try await ChildProcess.run(
            "/usr/bin/prlimit",
            ["--pid", "\(bot.process.pid)", "--nofile=\(count):"]
        )
        #expect(set.exit == 0, "\(set.errors)")
    }
}
