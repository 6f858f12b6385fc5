import CurlHTTP
import Foundation
import Sandbox
import TestSupport
import Testing

/// `doctor` says ok only to what works.
@Suite(.timeLimit(.minutes(3)))
struct DoctorTests {
    @Test func beforeTheFirstStartEverythingIsFine() async throws {
        let world = try await World(World.withoutWarnings)
        let doctor = try await world.run("doctor")
        #expect(doctor.exit == 0, "\(doctor)")
        for line in [
            "ok   store: ", "ok   disk: ", "MiB are free", "ok   Slack, scopes in T0001: all of the manifest",
            "ok   cluster 42 prod-train, project vision: Running, 8 nodes, the API calls it “prod-train”",
            "ok   cluster 43 dev-train, project nlp: ", "ok   clock: agrees with 127.0.0.1",
            "ok   Slack, workspace T0001",
            "ok   Slack, history channel slack:T0001/C0HISTORY: I can post there", "ok   cluster API, project vision",
        ] {
            #expect(doctor.output.contains(line), "\(doctor.output)")
        }
        #expect(!FileManager.default.fileExists(atPath: world.folder.file("clusterbot.db")))
        let findings = try #require(try json(try await world.run("doctor", "--json").output).array)
        #expect(findings.allSatisfy { $0["verdict"]?.string == "ok" } && findings.count > 5)
        try await world.end()
    }

    @Test(arguments: [
        ("C0RANDOM", "FAIL", "/invite @clusterbot"), ("C0GONE", "FAIL", "cannot see this channel"),
        ("C0OLD", "FAIL", "archived"), ("C0OPS", "ok  ", "I can post there"),
    ])
    func aHistoryChannelThatTakesNothingFails(channel: String, word: String, sentence: String) async throws {
        var workspace = SlackWorkspace.demo
        var old = SlackWorkspace.Channel(id: "C0OLD", name: "old", members: ["U0BOT"])
        old.isArchived = true
        workspace.channels.append(old)
        let world = try await World(workspace: workspace) {
            $0.replacing("history_channel: C0HISTORY", with: "history_channel: \(channel)")
        }
        let doctor = try await world.run("doctor")
        let line = doctor.output.split(separator: "\n").first { $0.contains("history channel") }
        #expect(line?.hasPrefix(word) == true && line?.contains(sentence) == true, "\(doctor.output)")
        #expect(doctor.exit == (word == "FAIL" ? 1 : 0))
        try await world.end()
    }

    @Test func withoutTheScopeItSaysThatItCannotTell() async throws {
        var workspace = SlackWorkspace.demo
        workspace.scopes = ["chat:write", "commands"]
        let world = try await World(workspace: workspace)
        let doctor = try await world.run("doctor")
        let line = doctor.output.split(separator: "\n").first { $0.contains("history channel") }
        #expect(line?.hasPrefix("warn") == true && line?.contains("channels:read") == true, "\(doctor.output)")
        try await world.end()
    }

    @Test(arguments: [
        (["commands"], "FAIL", ["missing: `chat:write` (messages in channels);", "install the app again"]),
        (
            ["commands", "chat:write", "channels:read"], "warn",
            [
                "missing: `groups:read`", "`channels:history` (the history read back",
                "still to come: `app_mentions:read`",
            ]
        ),
        (
            ["commands", "chat:write", "channels:read", "groups:read", "channels:history", "groups:history"], "ok  ",
            ["`usergroups:read` (Slack's user groups in rules)"]
        ),
    ])
    func missingScopesAreNamedWithWhatTheyAreFor(granted: [String], word: String, words: [String]) async throws {
        var workspace = SlackWorkspace.demo
        workspace.scopes = Set(granted)
        let world = try await World(workspace: workspace)
        let doctor = try await world.run("doctor")
        let line = doctor.output.split(separator: "\n").first { $0.contains("Slack, scopes in T0001") }
        #expect(line?.hasPrefix(word) == true && words.allSatisfy { line?.contains($0) == true }, "\(doctor.output)")
        #expect(doctor.exit == (word == "FAIL" ? 1 : 0))
        try await world.end()
    }

    @Test func aClusterInTheWrongProjectIsFoundInTheRightOne() async throws {
        let world = try await World {
            $0.replacing("name: dev-train, project: nlp", with: "name: dev-train, project: vision")
        }
        let doctor = try await world.run("doctor")
        #expect(doctor.exit == 1)
        #expect(doctor.output.contains("ok   cluster 42 prod-train, project vision"))
        let line = doctor.output.split(separator: "\n").first {
            $0.hasPrefix("FAIL cluster 43 dev-train, project vision")
        }
        #expect(
            line?.hasSuffix("Project nlp has a cluster 43: write `project: nlp` under `clusters`.") == true,
            "\(doctor.output)"
        )
        try await world.end()
    }

    @Test func aClusterThatIsNowhereIsSaidWithThoseThatAre() async throws {
        let world = try await World { $0.replacing("{id: 43, name: dev-train", with: "{id: 44, name: dev-train") }
        let doctor = try await world.run("doctor")
        #expect(doctor.exit == 1)
        let line = doctor.output.split(separator: "\n").first { $0.hasPrefix("FAIL cluster 44 dev-train, project nlp") }
        #expect(line?.hasSuffix("The API lists for project nlp: 43 “dev-train”.") == true, "\(doctor.output)")
        try await world.end()
    }

    /// Otherwise doctor would wait for each of them as long as for a call.
    @Test func theClustersOfAProjectThatDoesNotAnswerHaveTheirLines() async throws {
        let world = try await World {
            $0.replacing("api_key: {env: E2E_NLP_KEY}", with: "api_key: {env: E2E_VISION_KEY}").replacing(
                "labels: {env: dev}}\n",
                with: "labels: {env: dev}}\n  - {id: 44, name: a, project: nlp}\n  - {id: 45, name: b, project: nlp}\n"
            )
        }
        let doctor = try await world.run("doctor")
        let lines = doctor.output.split(separator: "\n")
        #expect(doctor.exit == 1)
        #expect(lines.contains { $0.hasPrefix("ok   cluster 42 prod-train, project vision") }, "\(doctor.output)")
        #expect(lines.contains { $0.hasPrefix("FAIL cluster 43 dev-train, project nlp") }, "\(doctor.output)")
        for cluster in ["44 a", "45 b"] {
            let line =
                "FAIL cluster \(cluster), project nlp: was not read, as cluster 43 dev-train could not be read either"
            #expect(lines.contains { $0 == line }, "\(doctor.output)")
        }
        try await world.end()
    }

    @Test func whereNothingMayBeReadEachClusterSaysSo() async throws {
        let world = try await World { $0.replacing("cluster_api:\n", with: "cluster_api:\n  read_back: false\n") }
        let doctor = try await world.run("doctor")
        for cluster in ["42 prod-train, project vision", "43 dev-train, project nlp"] {
            #expect(doctor.output.contains("ok   cluster \(cluster): not asked: read_back is false"), "\(doctor)")
        }
        // `doctor` compares the clocks with a request that reads nothing.
        #expect(await world.cloud.received.allSatisfy { !$0.path.contains("cluster") })
        try await world.end()
    }

    /// Whoever restarts `dev-train` would restart the other one.
    @Test func exchangedIdsAreAWarning() async throws {
        let world = try await World {
            $0.replacing("{id: 42, name: prod-train", with: "{id: 42, name: dev-train")
                .replacing("{id: 43, name: dev-train", with: "{id: 43, name: prod-train")
        }
        let doctor = try await world.run("doctor")
        #expect(doctor.exit == 0)
        #expect(
            doctor.output.contains("warn cluster 42 dev-train, project vision")
                && doctor.output.contains("the API calls it “prod-train”, which is the configured name of 43"),
            "\(doctor.output)"
        )
        try await world.end()
    }

    @Test func aChannelOfARuleInWhichTheBotIsNotIsAWarning() async throws {
        let world = try await World {
            $0.replacing(
                "{name: dev is free, allow: [changes], who: [engineers],",
                with: #"{name: dev is free, in: ["slack:T0001/C0RANDOM"], allow: [changes], who: [engineers],"#
            )
        }
        let doctor = try await world.run("doctor")
        #expect(doctor.output.contains("warn Slack, channel slack:T0001/C0RANDOM"), "\(doctor.output)")
        #expect(doctor.exit == 0)
        try await world.end()
    }

    @Test(arguments: [(-3, "FAIL", "ended on"), (5, "warn", "end on"), (200, nil, "")])
    func credentialsThatEndAreSaid(inDays days: Int, word: String?, words: String) async throws {
        let ends = Date(timeIntervalSinceNow: Double(days) * 86_400).ISO8601Format().prefix(10)
        let world = try await World {
            $0.replacing("token: {env: E2E_VISION_TOKEN}", with: "token: {env: E2E_VISION_TOKEN}, token_ends: \(ends)")
        }
        let (doctor, check) = (try await world.run("doctor"), try await world.run("check"))
        let bot = try await world.startBot()
        let log = bot.process.seen.state.errors
        if let word {
            #expect(doctor.output.contains("\(word) credentials, project vision"), "\(doctor.output)")
            #expect(check.errors.firstMatch(of: /warning: .*:\d+:\d+: the API credentials of project vision/) != nil)
            #expect(check.errors.contains(words))
            #expect(log.contains { $0.contains(#""level":"warning""#) && $0.contains(words) }, "\(log)")
        } else {
            #expect(!doctor.output.contains("credentials, project"))
            #expect(!check.errors.contains("credentials"))
            #expect(!log.contains { $0.contains("credentials") })
        }
        #expect(doctor.exit == (word == "FAIL" ? 1 : 0))
        #expect(check.exit == 0)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Somebody else's clock is two hours off, which is the same as this host's.
    @Test func aWrongClockFails() async throws {
        let off = Date(timeIntervalSinceNow: 7200)
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let head = "HTTP/1.1 404 Not Found\r\nDate: \(format.string(from: off))\r\nContent-Length: 0\r\n\r\n"
        let server = try ScriptedServer(always: [.forever([.request, .send(head)])])
        defer { server.stop() }
        let world = try await World {
            $0.replacing(/base_url: \S+/, with: "base_url: http://127.0.0.1:\(server.port)/gpu")
        }
        let doctor = try await world.run("doctor")
        #expect(doctor.exit == 1)
        let line = doctor.output.split(separator: "\n").first { $0.hasPrefix("FAIL clock") }
        #expect(line?.firstMatch(of: /is 7\d\d\d s behind that of 127.0.0.1/) != nil, "\(doctor.output)")
        try await world.end()
    }
}
