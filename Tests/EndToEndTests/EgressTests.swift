import Foundation
import Sandbox
import TestSupport
import Testing

/// The service in a company's network: names outside cannot be looked up, a proxy tunnels, and an authority of the
/// company's own stands for every host.
@Suite(.timeLimit(.minutes(20)))
struct EgressTests {
    /// Proxies that would break everything if anybody used them.
    private static let misleading = [
        "http_proxy": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1", "HTTPS_PROXY": "http://127.0.0.1:1",
        "ALL_PROXY": "http://127.0.0.1:1", "no_proxy": "*", "NO_PROXY": "*",
    ]

    @Test func everythingGoesThroughTheProxyUnderTheCompanysAuthority() async throws {
        let (world, proxy) = try await world(trusting: true)
        let doctor = try await world.run("doctor")
        #expect(doctor.exit == 0, "\(doctor.output)")
        #expect(doctor.output.contains("ok   egress: through http://127.0.0.1:"))
        let bot = try await world.startBot(environment: Self.misleading)
        try await world.amy("/cluster 43 restart workers")
        try await world.sees("– done")
        #expect(try await bot.stop() == 0)
        #expect(await world.cloud.actions.count == 1)
        let asked = Set(proxy.seen.state.output.dropFirst())
        #expect(asked == ["CONNECT api.corp.test:443", "CONNECT slack.corp.test:443"])
        proxy.send(SIGKILL)
        try await world.end()
    }

    @Test func withoutTheAuthorityNothingIsTrusted() async throws {
        let (world, proxy) = try await world(trusting: false)
        let doctor = try await world.run("doctor")
        #expect(doctor.exit == 1)
        #expect(doctor.output.contains("FAIL Slack, workspace T0001") && doctor.output.contains("FAIL cluster API"))
        #expect(await world.cloud.received.isEmpty)
        proxy.send(SIGKILL)
        try await world.end()
    }

    /// Nothing else is to blame then.
    @Test func aProxyThatIsNotThereIsNamed() async throws {
        let (world, proxy) = try await world(trusting: true)
        try await proxy.killNow()
        let doctor = try await world.run("doctor")
        #expect(doctor.exit == 1)
        #expect(
            doctor.output.contains(#/FAIL egress: the proxy http:\/\/127\.0\.0\.1:\d+ cannot be reached, or/#),
            "\(doctor.output)"
        )
        #expect(doctor.output.contains("does not connect to slack.corp.test and api.corp.test"), "\(doctor.output)")
        try await world.end()
    }

    @Test func anAuthorityThatOthersCanChangeIsRefused() async throws {
        let (world, proxy) = try await world(trusting: true)
        chmod(world.folder.file("corp.pem"), 0o666)
        let check = try await world.run("check")
        #expect(check.exit == 1 && check.output.contains("run `chmod go-w` on it"), "\(check.output) \(check.errors)")
        try await proxy.killNow()
        try await world.end()
    }

    private func world(trusting: Bool) async throws -> (World, ChildProcess) {
        let folder = try TemporaryFolder()
        let (certificate, key) = (folder.file("corp.pem"), folder.file("corp.key"))
        let made = try await ChildProcess.run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
                "-out", certificate, "-days", "2", "-subj", "/CN=corp",
                "-addext", "subjectAltName=DNS:api.corp.test,DNS:slack.corp.test",
            ]
        )
        #expect(made.exit == 0, "\(made.errors)")
        let pem = try String(contentsOfFile: certificate, encoding: .utf8)
        var ports: [Substring] = []
        let world = try await World { text in
            ports = text.matches(of: #/(?:base_url|api_url): http://127\.0\.0\.1:(\d+)/#).map(\.1)
            // Without the authority every read is tried again until its time is over.
            return text.replacing(World.timeouts, with: trusting ? World.timeouts : "{connect: 1s, total: 2s}")
                .replacing(#/base_url: http://127\.0\.0\.1:\d+/#, with: "base_url: https://api.corp.test")
                .replacing(#/api_url: http://127\.0\.0\.1:\d+/#, with: "api_url: https://slack.corp.test")
        }
        let (cloud, slack) = (try #require(ports.first), try #require(ports.last))
        let proxy = try ChildProcess(
            try Judges.python(),
            [
                Judges.script("connect_proxy.py"), certificate, key, "api.corp.test:443=\(cloud)",
                "slack.corp.test:443=\(slack)",
            ]
        )
        try await proxy.seen.wait(for: "the proxy to listen") { !$0.output.isEmpty }
        let port = try #require(proxy.seen.state.output.first)
        _ = try world.folder.write(pem, to: "corp.pem")
        let text = try String(contentsOfFile: world.configuration, encoding: .utf8)
        let egress = "egress: {proxy: \"http://127.0.0.1:\(port)\"\(trusting ? ", ca_file: corp.pem" : "")}\n"
        try (text + "\n" + egress).write(toFile: world.configuration, atomically: false, encoding: .utf8)
        return (world, proxy)
    }
}
