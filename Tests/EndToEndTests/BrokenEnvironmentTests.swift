import Foundation
import Glibc
import Sandbox
import TestSupport
import Testing

/// What a machine that is not as it should be makes the service say: what is wrong, and what to do.
@Suite(.timeLimit(.minutes(5)))
struct BrokenEnvironmentTests {
    @Test(arguments: [
        BrokenEnvironment(
            server: #"{listen: "192.0.2.7:8080"}"#,
            words: [
                "Cannot listen on 192.0.2.7:8080 (`server.listen`)", "this machine has no such address", "`ip addr`",
            ]
        ),
        BrokenEnvironment(
            server: #"{listen: "127.0.0.1:0", private_listen: "192.0.2.7:9090"}"#,
            words: ["Cannot listen on 192.0.2.7:9090 (`server.private_listen`)", "this machine has no such address"]
        ),
        BrokenEnvironment(
            server: #"{listen: "nobody.invalid:8080"}"#,
            words: ["the name nobody.invalid has no address", "Write an address of this machine"]
        ),
        BrokenEnvironment(
            server: #"{listen: "[2001:db8::1]:8080"}"#,
            words: ["Cannot listen on [2001:db8::1]:8080 (`server.listen`)"]
        ),
        BrokenEnvironment(store: "sqlite:a/b/x.db", words: ["The folder of the store", "Create it, or fix `store`"]),
        BrokenEnvironment(
            store: "sqlite:text/x.db",
            files: ["text"],
            words: ["Not a directory", "Name a file in a folder that is there under `store`"]
        ),
        BrokenEnvironment(
            store: "sqlite:text",
            files: ["text"],
            words: ["is not a clusterbot store", "Name another file under `store`"]
        ),
        BrokenEnvironment(folders: ["clusterbot.db.lock"], words: ["lock file", "under `store`"]),
        BrokenEnvironment(folders: ["clusterbot.db.marker"], words: ["marker", "under `store`"]),
        BrokenEnvironment(folders: ["clusterbot.db"], words: ["cannot be opened"]),
        BrokenEnvironment(mode: 0o660, words: ["chmod go-w"]),
        BrokenEnvironment(
            environment: ["KEY": "k", "TOKEN": "t", "BOT": "xoxb-1"],
            words: ["`SIGN`", "is not set; set it for the user that runs clusterbot"]
        ),
        BrokenEnvironment(
            environment: ["KEY": "k", "TOKEN": "\"t\"", "BOT": "xoxb-1", "SIGN": "0ca9a4c0ca9a4c0ca9a4c0ca9a4c0cac"],
            words: ["`TOKEN`", "quotation marks", "remove them"]
        ),
        BrokenEnvironment(
            environment: ["KEY": "k", "TOKEN": "t", "BOT": "xoxp-1", "SIGN": "0ca9a4c0ca9a4c0ca9a4c0ca9a4c0cac"],
            words: ["is not a bot token of Slack", "OAuth & Permissions"]
        ),
        BrokenEnvironment(
            environment: ["KEY": "k", "TOKEN": "t", "BOT": "xoxb-1", "SIGN": "0ca9"],
            words: ["32 digits", "Basic Information"]
        ),
        BrokenEnvironment(
            environment: ["KEY": "", "TOKEN": "t", "BOT": "xoxb-1", "SIGN": "0ca9a4c0ca9a4c0ca9a4c0ca9a4c0cac"],
            words: ["`KEY` for `api_key` is empty"]
        ),
    ])
    func theServiceSaysWhyItDoesNotStart(place: BrokenEnvironment) async throws {
        try expectFailedStart(try await place.run(["serve"]), place.words)
    }

    @Test(arguments: ["listen", "private_listen"])
    func aTakenPortIsNamedAloneAndByItsKey(key: String) async throws {
        let other = try ScriptedServer(always: [.hold])
        defer { other.stop() }
        let both = ["listen: \"127.0.0.1:0\"", "private_listen: \"127.0.0.1:0\""]
        let server = both.map { $0.hasPrefix("\(key):") ? "\(key): \"127.0.0.1:\(other.port)\"" : $0 }
        let place = BrokenEnvironment(
            server: "{\(server.joined(separator: ", "))}",
            words: [
                "Cannot listen on 127.0.0.1:\(other.port) (`server.\(key)`): something else listens there",
                "`ss -ltnp` lists who listens",
            ]
        )
        try expectFailedStart(try await place.run(["serve"]), place.words)
    }

    @Test func aPortThatNeedsAPrivilegeIsNotCalledTaken() async throws {
        let first = try String(contentsOfFile: "/proc/sys/net/ipv4/ip_unprivileged_port_start", encoding: .utf8)
        guard Int(first.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 1024 > 81 else { return }
        let place = BrokenEnvironment(
            server: #"{listen: "127.0.0.1:81"}"#,
            through: geteuid() == 0 ? ["/usr/bin/setpriv", "--bounding-set=-net_bind_service"] : [],
            words: ["this user may not listen on ports below 1024", "let the reverse proxy in front listen on 81"]
        )
        try expectFailedStart(try await place.run(["serve"]), place.words)
    }

    @Test func wrongArgumentsAreALineOfTheLogToo() async throws {
        let wrong = try await ChildProcess.run(Tools.clusterbot, ["serve", "--bogus"])
        #expect(wrong.exit == 64)
        let line = try json(wrong.errors)
        #expect(line["level"]?.string == "critical" && line["message"]?.string?.contains("--bogus") == true, "\(wrong)")
        for format in [["--log-format", "text"], ["--log-format=text"]] {
            let plain = try await ChildProcess.run(Tools.clusterbot, ["serve", "--bogus"] + format)
            #expect(plain.exit == 64 && plain.errors.hasPrefix("Error: "), "\(plain)")
        }
        let help = try await ChildProcess.run(Tools.clusterbot, ["serve", "--help"])
        #expect(help.exit == 0 && help.output.contains("USAGE"))
    }

    @Test(arguments: [
        BrokenEnvironment(
            apiURL: "http://127.0.0.1:1/v1",
            words: ["FAIL cluster API", "could not be reached", "network"]
        ),
        BrokenEnvironment(
            apiURL: "https://nobody.invalid/v1",
            words: ["FAIL cluster API", "this machine's name service"]
        ),
        BrokenEnvironment(
            store: "sqlite:a/b/x.db",
            words: ["FAIL store: there is no folder", "install -d -m 700", "or fix `store`"]
        ),
        BrokenEnvironment(store: "sqlite:text", files: ["text"], words: ["FAIL store", "is not a clusterbot store"]),
        BrokenEnvironment(words: ["FAIL Slack, workspace T0001", "could not be reached"]),
        BrokenEnvironment(
            environment: ["KEY": "k", "TOKEN": "t", "BOT": "xoxb-1"],
            words: ["FAIL configuration", "`SIGN`", "is not set"]
        ),
        BrokenEnvironment(mode: 0o602, words: ["FAIL configuration", "chmod go-w"]),
    ])
    func doctorSaysWhatFails(place: BrokenEnvironment) async throws {
        let doctor = try await place.run(["doctor"])
        #expect(doctor.exit == 1)
        for words in place.words { #expect(doctor.output.contains(words), "\(doctor.output)") }
        #expect(!doctor.output.contains("canary"))
    }

    /// A service that cannot write its store takes nothing on, so `doctor` does not call it ok.
    @Test func doctorSaysThatTheStoreCannotBeWrittenOrIsOpenToOthers() async throws {
        let world = try await World()
        #expect(try await world.startBot().stop() == 0)
        let store = world.folder.file("clusterbot.db")
        #expect(try await world.run("doctor").output.contains("ok   store: "))
        chmod(store, 0o400)
        let limited = geteuid() == 0 ? ["/usr/bin/setpriv", "--bounding-set=-dac_override"] : []
        let command = limited + [Tools.clusterbot, "doctor", "--config", world.configuration]
        let doctor = try await ChildProcess.run(command[0], Array(command.dropFirst()), environment: World.secrets)
        #expect(doctor.exit == 1)
        #expect(doctor.output.contains("FAIL store: \(store) is not writable for this user"), "\(doctor.output)")
        chmod(store, 0o606)
        let open = try await world.run("doctor")
        #expect(open.exit == 1)
        #expect(open.output.contains("FAIL store: The store \(store) can be changed by others"), "\(open.output)")
        try await world.end()
    }

    /// Another user is not told that there is no store.
    @Test func aStoreOfAnotherUserIsSaidToBeOne() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("data"), withIntermediateDirectories: true)
        try folder.write("", to: "data/x.db")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.file("data"))
        let place = BrokenEnvironment(
            store: "sqlite:\(folder.file("data/x.db"))",
            through: geteuid() == 0
                ? ["/usr/bin/setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [],
            words: []
        )
        let listed = try await place.run(["changes", "list"])
        #expect(listed.exit == 1)
        #expect(
            listed.errors.contains("is not readable for this user. Run the command as the user"),
            "\(listed.errors)"
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.file("data"))
    }

    @Test func aReleaseWithoutAStoreSaysThatThereIsNone() async throws {
        let released = try await BrokenEnvironment(words: []).run(["release", "--reason", "compared"])
        #expect(released.exit == 1)
        #expect(released.errors.contains("there is no store at") && released.errors.contains("look at `store`"))
        #expect(!released.errors.contains("your user may not"), "\(released.errors)")
    }

    /// What answers at the API's address, and the words about it.
    @Test(arguments: [
        (
            "http", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<h1>hi</h",
            "Check `cluster_api.base_url`: another server"
        ),
        ("http", "SSH-2.0-OpenSSH_9.2\r\n", "another server may be answering there"),
        ("http", "HTTP/1.1 401 No\r\nContent-Length: 16\r\n\r\n{\"detail\":\"No.\"}", "Personal Access Token"),
        ("http", "HTTP/1.1 403 No\r\nContent-Length: 16\r\n\r\n{\"detail\":\"No.\"}", "check that person's role"),
        ("https", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "certificate authorities (package ca-certificates)"),
    ])
    func doctorSaysWhatAnswersInPlaceOfTheAPI(scheme: String, reply: String, words: String) async throws {
        // Closing with unread bytes would reset the connection before the client has read the reply.
        let steps: [ScriptedServer.Step] =
            scheme == "https" ? [.bytes(5), .send(reply), .hold] : [.request, .send(reply), .close]
        let server = try ScriptedServer(always: steps)
        defer { server.stop() }
        let place = BrokenEnvironment(apiURL: "\(scheme)://127.0.0.1:\(server.port)/v1", words: [words])
        let doctor = try await place.run(["doctor"])
        let line = doctor.output.split(separator: "\n").first { $0.hasPrefix("FAIL cluster API") }
        #expect(line?.contains(words) == true, "\(doctor.output)")
        #expect(doctor.exit == 1)
    }

    @Test func aBrokenConfigurationIsJSONForDoctorToo() async throws {
        let place = BrokenEnvironment(environment: ["KEY": "k", "TOKEN": "t", "BOT": "xoxb-1"], words: [])
        let doctor = try await place.run(["doctor", "--json"])
        let findings = try #require(try json(doctor.output).array)
        #expect(doctor.exit == 1 && findings.count == 1)
        #expect(findings.first?["check"]?.string == "configuration" && findings.first?["verdict"]?.string == "fail")
    }

    @Test(arguments: [
        ("127.0.0.1:8080", "clusterbot health http://127.0.0.1:8080"), ("localhost", "health http://localhost"),
        ("htp://127.0.0.1:8080", "clusterbot health http://127.0.0.1:8080"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1 does not answer"),
        ("http://127.0.0.1:1/", "`server.private_listen`"),
        ("http://nobody.invalid", "this machine's name service"),
    ])
    func healthSaysWhatToWrite(url: String, words: String) async throws {
        let health = try await ChildProcess.run(Tools.clusterbot, ["health", url])
        #expect(health.exit == 1)
        #expect(health.errors.contains(words), "\(health.errors)")
    }

    @Test(arguments: ["draining: this process is about to stop", ""])
    func healthSaysWhyTheServiceIsNotReady(reason: String) async throws {
        let reply = "HTTP/1.1 503 No\r\nContent-Length: \(reason.utf8.count)\r\n\r\n\(reason)"
        let server = try ScriptedServer(always: [.request, .send(reply), .close])
        defer { server.stop() }
        let health = try await ChildProcess.run(Tools.clusterbot, ["health", "http://127.0.0.1:\(server.port)"])
        #expect(health.exit == 1 && health.output.isEmpty, "\(health)")
        let words = "is not ready\(reason.isEmpty ? "." : ": \(reason).")"
        #expect(health.errors.contains(words) && health.errors.contains("service's log"), "\(health)")
    }

    /// A larger number was cut to another port.
    @Test(arguments: [["demo"], ["sandbox", "cloud"], ["sandbox", "slack"]], ["65536", "99999", "-1"])
    func whatIsNoPortIsNotListenedOn(command: [String], port: String) async throws {
        let wrong = try await ChildProcess.run(Tools.clusterbot, command + ["--port=\(port)"])
        #expect(wrong.exit == 64 && wrong.errors.contains("Write a number from 0 to 65535"), "\(wrong)")
    }

    /// A start that failed: every line is JSON, one of them says why, and no other server complains beside it.
    private func expectFailedStart(_ ended: (exit: Int32, output: String, errors: String), _ words: [String]) throws {
        #expect(ended.exit == 1)
        let lines = try ended.errors.split(separator: "\n").map { try json(String($0)) }
        let critical = lines.filter { $0["level"]?.string == "critical" }
        #expect(critical.count == 1, "\(ended.errors)")
        for words in words { #expect(critical.first?["message"]?.string?.contains(words) == true, "\(ended.errors)") }
        #expect(!lines.contains { $0["level"]?.string == "error" }, "\(ended.errors)")
        #expect(!ended.errors.contains("SocketAddressError") && !ended.errors.contains("canary"))
    }
}
