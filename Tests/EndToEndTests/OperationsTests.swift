import CurlHTTP
import Foundation
import Glibc
import Sandbox
import TestSupport
import Testing

/// What those who run the service see.
@Suite(.timeLimit(.minutes(20)))
struct OperationsTests {
    @Test func healthReadinessAndMetricsAnswer() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let sender = Sender(world: world, url: bot.url)
        #expect(try await sender.get("/healthz").status == 200)
        #expect(try await sender.get("/readyz").status == 200)
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        let metrics = String(decoding: try await sender.get("/metrics").body, as: UTF8.self)
        for expected in [
            #"clusterbot_changes_total{action="scale_cluster",state="succeeded"} 1"#,
            #"clusterbot_api_calls_total{action="scale_cluster",outcome="accepted"} 1"#,
            "clusterbot_change_seconds_count 1", "clusterbot_changes_unknown 0", "clusterbot_ack_seconds_bucket",
        ] {
            #expect(metrics.contains(expected), "\(expected) is not in \(metrics)")
        }
        let asked = try await ChildProcess.run(Tools.clusterbot, ["health", bot.url])
        #expect(asked.exit == 0)
        #expect(asked.output == "ready")
        // Every command takes `--config`.
        let named = try await world.run("health", bot.url)
        #expect(named.exit == 0 && named.output == asked.output, "\(named)")
        #expect(try await world.run("version").output.hasPrefix("clusterbot "))
        #expect(try await bot.stop() == 0)
        let gone = try await ChildProcess.run(Tools.clusterbot, ["health", bot.url])
        #expect(gone.exit == 1)
        try await world.end()
    }

    /// `systemctl start` comes back only then.
    @Test(arguments: [false, true])
    func theServiceManagerHearsWhenItTakesCommands(isAbstract: Bool) async throws {
        let world = try await World()
        let name = isAbstract ? "@clusterbot-\(UUID().uuidString)" : world.folder.file("notify")
        let manager = try ServiceManager(name)
        let bot = try await world.startBot(environment: ["NOTIFY_SOCKET": name])
        #expect(manager.heard() == "READY=1")
        #expect(try await ChildProcess.run(Tools.clusterbot, ["health", bot.url]).exit == 0)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// At every start the channel hears of it, too, while there is time to do something.
    @Test func credentialsThatEndSoonAreToldInTheHistoryChannel() async throws {
        let soon = Date.now.addingTimeInterval(5 * 86_400).ISO8601Format().prefix(10)
        let world = try await World {
            $0.replacing("token: {env: E2E_VISION_TOKEN}", with: "token: {env: E2E_VISION_TOKEN}, token_ends: \(soon)")
        }
        let bot = try await world.startBot()
        try await world.sees("the API credentials of project vision end on \(soon)", in: "C0HISTORY")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func withAPrivateListenerOnlyWebhooksFaceTheInternet() async throws {
        let world = try await World {
            $0.replacing(
                #"server: {listen: "127.0.0.1:0"}"#,
                with: #"server: {listen: "127.0.0.1:0", private_listen: "localhost:0"}"#
            )
        }
        let bot = try await world.startBot()
        let sender = Sender(world: world, url: bot.url)
        for path in ["/healthz", "/readyz", "/metrics"] { #expect(try await sender.get(path).status == 404) }
        let asked = try await ChildProcess.run(Tools.clusterbot, ["health", bot.url])
        #expect(asked.exit == 1 && asked.output.isEmpty, "\(asked)")
        #expect(
            asked.errors.contains("\(bot.url)/readyz answers 404") && asked.errors.contains("`server.private_listen`"),
            "\(asked)"
        )
        try await bot.process.seen.wait(for: "the private server") {
            $0.errors.contains { $0.contains(#""server":"private""#) }
        }
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func whileItDrainsItRefusesNewWorkAndFinishesWhatIsUnderWay() async throws {
        // What is under way must last until everything was asked: on a busy machine that takes longer.
        for milliseconds in [6000, 60_000] where try await drains(whileAnAnswerTakes: milliseconds) { return }
        Issue.record("the service ended before it could be asked, both times")
    }

    /// False if the service ended before everything was asked.
    private func drains(whileAnAnswerTakes milliseconds: Int) async throws -> Bool {
        let world = try await World { $0.replacing(World.timeouts, with: "{connect: 10s, total: 90s}") }
        let bot = try await world.startBot()
        let sender = Sender(world: world, url: bot.url)
        await world.cloud.add(CloudFault(.delayAfter, method: "PUT", milliseconds: milliseconds))
        try await world.amy("/cluster 43 scale 1")
        try await world.cloud.waitUntil("the request") { !$0.actions.isEmpty }
        bot.process.send(SIGTERM)
        var statuses: [Int] = []
        do {
            repeat { statuses.append(try await sender.get("/readyz").status) } while statuses.last == 200
            let refused = try await sender.post(HostileRequestsTests.form(["text": "43 scale 2"]))
            #expect(statuses.last == 503)
            #expect(refused.status == 503)
            #expect(refused.header("retry-after") == "1")
        } catch {
            // The service has ended, or is about to.
            #expect(try await bot.process.exitCode() == 0)
            try await world.end()
            return false
        }
        #expect(try await bot.process.exitCode() == 0)
        let changes = try #require(try json(try await world.run("changes", "list", "--json").output).array)
        #expect(changes.map { $0["state"]?.string } == ["succeeded"])
        try await world.end()
        return true
    }

    @Test func aStoreThatCannotBeWrittenIsSaidInTime() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let holder = try ChildProcess(
            try Judges.python(),
            [
                "-uc",
                """
                import sqlite3, sys, signal
                db = sqlite3.connect(sys.argv[1], isolation_level=None)
                db.execute("begin immediate")
                print("held")
                signal.pause()
                """,
                world.folder.file("clusterbot.db"),
            ]
        )
        try await holder.seen.wait(for: "the lock") { $0.output.contains("held") }
        let sender = Sender(world: world, url: bot.url)
        #expect(try await sender.get("/readyz").status == 503)
        #expect(try await sender.get("/healthz").status == 200)
        let late = try await sender.post(HostileRequestsTests.form(["text": "43 scale 1"]))
        #expect(late.status == 503)
        try await holder.killNow()
        try await bot.process.killNow()
        #expect(try await world.run("changes", "list", "--json").output == "[]")
        try await world.end()
    }

    @Test func aTakenPortIsNamedWithWhatToChange() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let port = bot.url.split(separator: ":").last.map(String.init) ?? ""
        let other = try await World { $0.replacing(#"listen: "127.0.0.1:0""#, with: "listen: \"127.0.0.1:\(port)\"") }
        let second = try await other.run("serve")
        #expect(second.exit != 0)
        #expect(
            second.errors.contains("127.0.0.1:\(port)") && second.errors.contains("server.listen"),
            "\(second.errors)"
        )
        #expect(try await bot.stop() == 0)
        try await other.end()
        try await world.end()
    }

    @Test func aSecondProcessOnTheSameStoreIsRefused() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let second = try await world.run("serve")
        #expect(second.exit != 0)
        #expect(second.errors.contains("another"), "\(second.errors)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func theHistoryIsExportedAsStoredAndVerified() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 43 scale 1 --reason \"more = better\"")
        try await world.sees("– done")
        let result = try #require(await world.slack.messages(in: "C0OPS").last { $0.readable.contains("– done") })
        let seen = String(result.text.split(separator: " ").last ?? "")
        for isRunning in [true, false] {
            if !isRunning { #expect(try await bot.stop() == 0) }
            let verified = try await world.run("history", "verify", "--expect", seen)
            #expect(verified.exit == 0, "\(verified.output) \(verified.errors)")
            let exported = try await world.run("history", "export", "--format", "jsonl")
            let lines = exported.output.split(separator: "\n")
            let kinds = try lines.map { try json(String($0))["kind"]?.string }
            #expect(kinds == ["requested", "planned", "sending", "succeeded"])
            let table = try await world.run("history", "export", "--format", "csv")
            #expect(table.output.hasPrefix("\u{FEFF}\"v\",\"seq\",\"at\",\"kind\",\"change\",\"cluster_id\""))
        }
        let wrong = try await world.run("history", "verify", "--expect", "2:000000000000")
        #expect(wrong.exit == 1)
        #expect(wrong.output.contains("entry 2"))
        try await tamper(world, "update history set entry = replace(entry, 'amy', 'bob') where seq = 1")
        let broken = try await world.run("history", "verify")
        #expect(broken.exit == 1)
        #expect(broken.output.contains("entry 1"))
        // The marker beside the store still knows that there was something.
        try await tamper(world, "delete from history")
        let emptied = try await world.run("history", "verify")
        #expect(emptied.exit == 1, "\(emptied.output)")
        try await world.end()
    }

    @Test func theHistoryIsFollowedFromAnEntryOn() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        func seqs(_ printed: (exit: Int32, output: String, errors: String)) throws -> [Int?] {
            #expect(printed.exit == 0, "\(printed.errors)")
            return try printed.output.split(separator: "\n").map { try json(String($0))["seq"]?.int }
        }
        #expect(try seqs(await world.run("history", "export", "--since", "2")) == [3, 4])
        #expect(try seqs(await world.run("history", "export", "--since", "4")) == [])
        let limited = try await world.run("history", "list", "--format", "jsonl", "--since", "1", "--limit", "2")
        #expect(try seqs(limited) == [3, 4])
        let ahead = try await world.run("history", "export", "--since", "5", "--follow")
        #expect(ahead.exit != 0 && ahead.errors.contains("ends with entry 4"), "\(ahead.errors)")
        let following = try ["export", "list"].map {
            try world.start("history", $0, "--format", "jsonl", "--since", "3", "--follow")
        }
        for one in following { try await one.seen.wait(for: "what is there") { $0.output.count == 1 } }
        let piped = "\"$0\" history export --follow --config \"$1\" | head -n 1"
        let read = try ChildProcess("/bin/sh", ["-c", piped, Tools.clusterbot, world.configuration])
        try await read.seen.wait(for: "the first entry") { $0.output.count == 1 }
        try await world.amy("/cluster 43 scale 2")
        for one in following {
            try await one.seen.wait(for: "what is made") { $0.output.count == 5 }
            let followed = try one.seen.state.output.map { try json($0)["seq"]?.int }
            #expect(followed == [4, 5, 6, 7, 8] && one.seen.state.exit == nil)
            one.send(SIGTERM)
            #expect(try await one.exitCode() == SIGTERM)
        }
        // Nobody reads what is printed any more.
        #expect(try await read.exitCode() == 0)
        #expect(!read.seen.state.errors.contains { $0.contains("rror") }, "\(read.seen.state.errors)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Whoever expects an early entry still hears of later ones that are gone.
    @Test func whatIsExpectedDoesNotReplaceTheMarkerBesideTheStore() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        #expect(try await bot.stop() == 0)
        let exported = try await world.run("history", "export", "--format", "jsonl")
        let hash = try #require(try json(String(exported.output.prefix { $0 != "\n" }))["hash"]?.string)
        let expectation = "1:\(hash.prefix(12))"
        #expect(try await world.run("history", "verify", "--expect", expectation).exit == 0)
        try await tamper(world, "delete from history where seq > 1")
        let verified = try await world.run("history", "verify", "--expect", expectation)
        #expect(verified.exit == 1, "\(verified.output)")
        // It is not the expected entry that is missing.
        #expect(!verified.output.contains("entry 1 "), "\(verified.output)")
        try await world.end()
    }

    /// Does to the history what only somebody with the file in their hands can do.
    private func tamper(_ world: World, _ statement: String) async throws {
        let done = try await ChildProcess.run(
            try Judges.python(),
            [
                "-c",
                """
                import sqlite3, sys
                db = sqlite3.connect(sys.argv[1])
                for (name,) in db.execute("select name from sqlite_master where type = 'trigger' and tbl_name = 'history'").fetchall():
                    db.execute(f'drop trigger "{name}"')
                db.execute(sys.argv[2])
                db.commit()
                """,
                world.folder.file("clusterbot.db"), statement,
            ]
        )
        #expect(done.exit == 0, "\(done.errors)")
    }

    @Test(arguments: [["policy", "prove"], ["policy", "replay"], ["replicas"], ["store", "copy"]])
    func whatIsStillToComeSaysSoAndHasHelp(command: [String]) async throws {
        let tried = try await ChildProcess.run(
            Tools.clusterbot,
            command + ["17", "--config", "x", "--succeeded", "--json"]
        )
        #expect(tried.exit == 1)
        #expect(tried.errors.contains("not supported yet"))
        let help = try await ChildProcess.run(Tools.clusterbot, command + ["--help"])
        #expect(help.exit == 0)
        #expect(help.output.contains("USAGE"))
    }

    @Test func thePolicyIsTriedWithoutAService() async throws {
        let world = try await World()
        let line = ["--as", "slack:T0001/U0AMY", "--in", "slack:T0001/C0OPS", "42 restart cluster"]
        let explained = try await world.run("policy", "explain", "--json", line[0], line[1], line[2], line[3], line[4])
        #expect(explained.exit == 0 && explained.errors == "", "\(explained.errors)")
        let decided = try json(explained.output)
        #expect(decided["decision"]?.string == "allowed" && decided["needs"]?.string == "approvals")
        let refused = try await world.run("policy", "explain", "--as", "slack:T0001/U0NEW", "43 scale 1")
        #expect(refused.exit == 0 && refused.output.contains("not set up yet"), "\(refused.output)")
        let cases = world.folder.file("cases.yaml")
        let holds =
            "- {as: \"slack:T0001/U0AMY\", in: \"slack:T0001/C0OPS\", say: 42 restart cluster, expect: approvals}\n"
        try Data(holds.utf8).write(to: URL(fileURLWithPath: cases))
        let passed = try await world.run("policy", "test", cases)
        #expect(passed.exit == 0 && passed.output == "1 of 1 cases hold", "\(passed)")
        let fails = holds + "- {as: \"slack:T0001/U0NEW\", say: 43 scale 1, expect: none}\n"
        try Data(fails.utf8).write(to: URL(fileURLWithPath: cases))
        let failed = try await world.run("policy", "test", cases)
        #expect(failed.exit == 1 && failed.output.contains("cases.yaml:2:3: "), "\(failed)")
        #expect(failed.output.contains("It is refused: You are not set up yet."), "\(failed)")
        #expect(failed.output.hasSuffix("1 of 2 cases hold"), "\(failed)")
        // Cases give nobody a right: a checkout that a group can write will do.
        chmod(cases, 0o666)
        #expect(try await world.run("policy", "test", cases).output.hasSuffix("1 of 2 cases hold"))
        // What cannot be asked fails like the others, and those behind it are tried.
        let unknown = "- {as: nobody-here, say: 43 scale 1, expect: none}\n" + holds
        try Data(unknown.utf8).write(to: URL(fileURLWithPath: cases))
        let asked = try await world.run("policy", "test", cases)
        #expect(asked.exit == 1 && asked.output.contains("`nobody-here` is neither a person"), "\(asked)")
        #expect(asked.output.hasSuffix("1 of 2 cases hold"), "\(asked)")
        let numbers = try json(try await world.run("policy", "test", cases, "--json").output)
        #expect(numbers["passed"]?.int == 1 && numbers["failed"]?.int == 1)
        #expect(numbers["cases"]?.array?.first?["decided"] == .null)
        try await world.end()
    }

    @Test func checkAndDoctorSayWhatIsWrong() async throws {
        let world = try await World()
        #expect(try await world.run("check").exit == 0)
        let doctor = try await world.run("doctor")
        #expect(doctor.output.contains("ok   clock: agrees with 127.0.0.1"), "\(doctor.output)")
        #expect(doctor.output.contains("ok   Slack, workspace T0001"), "\(doctor.output)")
        #expect(doctor.output.contains("ok   cluster API, project vision"), "\(doctor.output)")
        let broken = try await World { $0.replacing("needs: none", with: "neds: none").replacing("port: 0", with: "") }
        let checked = try await broken.run("check")
        #expect(checked.exit == 1)
        #expect(checked.output.firstMatch(of: /clusterbot.yaml:\d+:\d+: .*neds/) != nil, "\(checked.output)")
        try await broken.end()
        try await world.end()
    }
}
