import Foundation
import Sandbox
import TestSupport
import Testing

/// Names and texts that people chose, at every place where the program prints them.
@Suite(.timeLimit(.minutes(20)))
struct PrintedTextTests {
    /// Somebody whom nobody lists, under a name of their choice.
    private func world(_ name: String) async throws -> World {
        var workspace = SlackWorkspace.demo
        guard let dave = workspace.people.firstIndex(where: { $0.id == "U0DAVE" }) else { throw MissingTool("no dave") }
        workspace.people[dave].name = name
        return try await World(workspace: workspace)
    }

    private static let columns = [
        "v", "seq", "at", "kind", "change", "cluster_id", "cluster_name", "action", "parameters", "person", "account",
        "name", "rule", "policy", "detail", "reason", "hash",
    ]

    /// What a reader that knows nothing of this program makes of the table: the rows as JSON.
    private func rows(_ table: String, in world: World) async throws -> [[String]] {
        let file = try world.folder.write(table, to: "history.csv")
        let program = """
            import csv, json, sys
            text = open(sys.argv[1], newline="", encoding="utf-8-sig").read()
            rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
            bare = csv.reader(text.splitlines(keepends=True), strict=True, quoting=csv.QUOTE_NONE)
            assert all(cell.startswith('"') for cell in next(bare)), "a cell without quotes"
            print(json.dumps(rows))
            """
        let read = try await ChildProcess.run(try Judges.python(), ["-c", program, file])
        #expect(read.exit == 0, "\(read.errors)")
        return try #require(try json(read.output).array).map { ($0.array ?? []).map { $0.string ?? "" } }
    }

    @Test(arguments: [
        "bob", "bob\u{202E}\u{1B}[2J\u{9B}", "bob\r\n#9\t2026\tsucceeded", "=HYPERLINK(1)", "x;=1\"\u{201D} (amy)",
    ])
    func whoIsNotListedStandsNowhereUnderAChosenName(_ name: String) async throws {
        let world = try await world(name)
        let bot = try await world.startBot()
        _ = try await world.slack.send("/cluster 43 restart workers", as: "U0DAVE", in: "C0OPS")
        try await world.sees("slack:T0001/U0DAVE “", in: "C0HISTORY")
        try await world.amy("/cluster 43 scale 1 because =1+1")
        try await world.sees("– done")
        for message in await world.slack.state.messages where message.author == "U0BOT" {
            #expect(!message.text.contains("<@U0DAVE>"), "\(message.text)")
        }
        let all = try await world.run("changes", "list", "--json")
        let requester = try json(all.output).array?.first?["requester"]
        #expect(requester?["person"]?.string == nil)
        #expect(requester?["account"]?.string == "slack:T0001/U0DAVE")
        for command in [["changes", "list"], ["changes", "show", "1"], ["history", "list"]] {
            let printed = try await ChildProcess.run(
                Tools.clusterbot,
                command + ["--config", world.configuration],
                environment: World.secrets
            ).output
            #expect(printed.contains("slack:T0001/U0DAVE"), "\(printed)")
            #expect(!printed.contains("\tbob\t") && !printed.contains("by bob"), "\(printed)")
            #expect(printed.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || isPlain($0) }, "\(printed)")
            if command == ["changes", "list"] { #expect(printed.split(separator: "\n").count == 2) }
        }
        let table = try await world.run("history", "export", "--format", "csv").output
        let rows = try await rows(table, in: world)
        #expect(rows.first == Self.columns)
        #expect(rows.allSatisfy { $0.count == Self.columns.count })
        let asked = try #require(rows.dropFirst().first)
        #expect(asked[3] == "requested" && asked[9] == "" && asked[10] == "slack:T0001/U0DAVE", "\(asked)")
        #expect(rows.contains { $0[9] == "amy" && $0[15] == "'=1+1" })
        #expect(rows.joined().allSatisfy { !"=+-@\t".contains($0.first ?? " ") })
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// An earlier version stored what it was given.
    @Test func whatIsStoredAlreadyIsWrittenOutToo() async throws {
        let world = try await world("dave")
        let bot = try await world.startBot()
        _ = try await world.slack.send("/cluster 43 restart workers", as: "U0DAVE", in: "C0OPS")
        try await world.sees("slack:T0001/U0DAVE", in: "C0HISTORY")
        #expect(try await bot.stop() == 0)
        let changed = try await ChildProcess.run(
            try Judges.python(),
            [
                "-c",
                """
                import sqlite3, sys
                db = sqlite3.connect(sys.argv[1])
                evil = "e\\x1b[2J\\u202e\\x9b\\r\\n#9 ok\\u3164"
                db.execute("update change set name = ?, outcome = ?, reason = ?, cluster_name = ?", (evil,) * 4)
                db.commit()
                """,
                world.folder.file("clusterbot.db"),
            ]
        )
        #expect(changed.exit == 0, "\(changed.errors)")
        for command in [["list"], ["show", "1"], ["list", "--json"], ["show", "1", "--json"]] {
            let printed = try await ChildProcess.run(
                Tools.clusterbot,
                ["changes"] + command + ["--config", world.configuration],
                environment: World.secrets
            ).output
            #expect(printed.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || isPlain($0) }, "\(printed)")
            #expect(!printed.contains("\n#9"), "\(printed)")
            if command.contains("--json") {
                let change = command[0] == "list" ? try json(printed).array?.first : try json(printed)
                #expect(change?["outcome"]?.string == "e\u{1B}[2J\u{202E}\u{9B}\r\n#9 ok\u{3164}")
            }
        }
        try await world.end()
    }

    private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: scalar != "\u{3164}"
        }
    }
}
