import Foundation
import Sandbox
import TestSupport
import Testing

/// Official client libraries and a real browser, as judges of what clusterbot and its simulators say and understand.
@Suite(.timeLimit(.minutes(20)))
struct JudgesTests {
    @Test func slacksOwnLibrarySignsWhatIsAcceptedAndNothingElseIs() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let judged = try await ChildProcess.run(
            try Judges.python(),
            [
                Judges.script("slack_signature_judge.py"), bot.url, "--secret",
                World.secrets["SLACK_SIGNING_SECRET"] ?? "",
            ],
            within: .patience
        )
        #expect(judged.exit == 0, "\(judged.output)\n\(judged.errors)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func slacksOwnModelsAcceptEveryMessage() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        // Every state, with long and hostile texts.
        try await world.amy(
            "/cluster 42 restart cluster --reason \"<!channel> *now* `x` \(String(repeating: "long ", count: 300))\""
        )
        try await world.sees(": approve?")
        for text in [
            "help", "list", "pending", "history 50", "42 history", "show 1", "whoami", "42 status", "why 42 image 77",
        ] {
            try await world.amy("/cluster " + text)
        }
        try await world.click("Deny", as: "U0BOB")
        try await world.sees("– denied")
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        let messages = await world.slack.state.messages.filter { $0.author == "U0BOT" }
        #expect(messages.count > 5)
        let calls = await world.slack.state.calls.filter { $0.method.hasPrefix("chat.") }.map(\.arguments.text)
        let shown = messages.map { SandboxJSON.object(["text": .string($0.text), "blocks": $0.blocks]).text }
        let file = try world.folder.write((calls + shown).joined(separator: "\n") + "\n", to: "messages.jsonl")
        let judged = try await ChildProcess.run(try Judges.python(), [Judges.script("slack_blocks_judge.py"), file])
        #expect(judged.exit == 0, "\(judged.output)\n\(judged.errors)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func slacksOwnClientIsContentWithTheSimulatedWorkspace() async throws {
        let sandbox = try ChildProcess(Tools.clusterbot, ["sandbox", "slack"])
        try await sandbox.seen.wait(for: "the simulator to listen") { $0.output.contains { $0.hasPrefix("page: ") } }
        let page = try #require(sandbox.seen.state.output.first { $0.hasPrefix("page: ") }).dropFirst(6).dropLast()
        let judged = try await ChildProcess.run(
            try Judges.python(),
            [Judges.script("sandbox_slack_judge.py"), String(page), SlackWorkspace.demo.botToken],
            within: .patience
        )
        #expect(judged.exit == 0, "\(judged.output)\n\(judged.errors)")
        sandbox.send(SIGTERM)
        #expect(try await sandbox.exitCode() == 0)
    }

    @Test func twoPeopleDoTheMainJobOnTheDemosPageInABrowser() async throws {
        try await judgeTheDemosPage("demo_page_judge.py", Tools.root + "/.build/demo-page.png")
    }

    @Test func theDemosPageLooksAsItShouldWithTheKeyboardAlone() async throws {
        try await judgeTheDemosPage("demo_looks_judge.py", Tools.root + "/.build/demo-looks")
    }

    /// - Parameter place: where the judge leaves its pictures.
    private func judgeTheDemosPage(_ judge: String, _ place: String) async throws {
        let demo = try ChildProcess(Tools.clusterbot, ["demo", "--port", "0", "--verbose"])
        try await demo.seen.wait(for: "the demo's page") { $0.output.contains { $0.hasPrefix("Open ") } }
        let line = try #require(demo.seen.state.output.first { $0.hasPrefix("Open ") })
        let page = String(line.split(separator: " ")[1])
        let judged = try await ChildProcess.run(
            try Judges.python(),
            [Judges.script(judge), page, place],
            within: .patience * 3
        )
        let log = demo.seen.state.errors.suffix(30).joined(separator: "\n")
        #expect(judged.exit == 0, "\(judged.output)\n\(judged.errors)\n\(log)")
        demo.send(SIGTERM)
        #expect(try await demo.exitCode() == 0)
    }
}
