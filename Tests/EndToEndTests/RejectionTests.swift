import CurlHTTP
import Foundation
import Sandbox
import TestSupport
import Testing

/// Whoever runs the service sees from the log alone why nothing works.
@Suite(.timeLimit(.minutes(20)))
struct RejectionTests {
    @Test func everyRejectedWebhookSaysWhy() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let sender = Sender(world: world, url: bot.url)
        let good = HostileRequestsTests.form(["text": "43 scale 1 --reason \"canary-text\""])
        for _ in 0..<3 { _ = try await sender.post(good, signature: nil) }
        _ = try await sender.post(good, signature: "v0=" + String(repeating: "0", count: 64))
        _ = try await sender.post(good, at: Date(timeIntervalSinceNow: -7200))
        _ = try await sender.post(HostileRequestsTests.form(["api_app_id": "A0EVIL"]))
        _ = try await sender.post(HostileRequestsTests.form(["team_id": "T0EVIL"]))
        _ = try await sender.post(HostileRequestsTests.form(["command": "/other"]))
        _ = try await sender.post("text=%ZZ")
        _ = try await sender.post(String(repeating: "a", count: 64 * 1024 + 1))
        let metrics = String(decoding: try await sender.get("/metrics").body, as: UTF8.self)
        #expect(try await bot.stop() == 0)
        let lines = try bot.process.seen.state.errors.filter { $0.contains("webhook rejected") }.map { try json($0) }
        let reasons = lines.compactMap { $0["reason"]?.string }
        for reason in [
            "no signature", "wrong signature", "foreign app", "foreign workspace", "unknown command", "malformed",
            "too large",
        ] {
            #expect(reasons.contains(reason), "\(reason) is not in \(reasons)")
        }
        #expect(reasons.contains { $0.wholeMatch(of: /clock differs by 7[12][0-9][0-9] s/) != nil }, "\(reasons)")
        // A line for each reason, unless the machine was slow enough for two.
        #expect(reasons.filter { $0 == "no signature" }.count < 3)
        #expect(lines.allSatisfy { $0["level"]?.string == "warning" && $0["request"]?.string?.count == 12 })
        let log = bot.process.seen.state.errors.joined(separator: "\n")
        for secret in ["canary-text", "hooks.slack.com"] { #expect(!log.contains(secret)) }
        // The only clock that was signed.
        let skew = try #require(metrics.firstMatch(of: /\nclusterbot_clock_skew_seconds (-?[0-9.]+)/)?.1)
        #expect(try #require(Double(skew)) > 7000)
        #expect(log.contains("this machine's clock is wrong"))
        for outcome in ["click", "draining", "ssl_check", "url_verification"] {
            #expect(metrics.contains(#"clusterbot_webhooks_total{platform="slack",outcome="\#(outcome)"} 0"#))
        }
        try await world.end()
    }

    /// Slack shows nobody the HTTP answer to a click.
    @Test func whoClicksInVainIsToldThroughTheResponseURL() async throws {
        let hooks = try ScriptedServer(always: [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
        let world = try await World {
            $0.replacing("response_hosts: [", with: "response_hosts: [\"127.0.0.1:\(hooks.port)\", ")
        }
        let bot = try await world.startBot()
        let sender = Sender(world: world, url: bot.url)
        let url = "http://127.0.0.1:\(hooks.port)/actions/1"
        for (team, user, words) in [
            ("T0EVIL", #"{"id":"U0BOB","team_id":"T0EVIL"}"#, "not connected to me"),
            ("T0001", #"{"id":"U0BOB"}"#, "which workspace you belong to"),
        ] {
            let payload =
                #"{"type":"block_actions","api_app_id":"A0001","team":{"id":"\#(team)"},"user":\#(user),"#
                + #""container":{"channel_id":"C0OPS"},"response_url":"\#(url)","#
                + #""actions":[{"action_id":"approve","value":"1.00"}]}"#
            let form = "payload=" + (payload.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
            let reply = try await sender.post(form, to: "interactions")
            #expect(reply.status == 200 && reply.body.isEmpty)
            try await hooks.connections.wait(for: "the sentence") { connections in
                connections.contains {
                    $0.requests.contains { String(decoding: $0.body, as: UTF8.self).contains(words) }
                }
            }
        }
        #expect(hooks.requests.allSatisfy { String(decoding: $0.body, as: UTF8.self).contains("ephemeral") })
        // Nobody keeps the service busy with that.
        let count = hooks.requests.count
        let other = #"{"type":"block_actions","api_app_id":"A0EVIL","response_url":"\#(url)"}"#
        let foreign = "payload=" + (other.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        let begin = ContinuousClock.now
        for _ in 0..<60 { #expect(try await sender.post(foreign, to: "interactions").status == 200) }
        let seconds = (ContinuousClock.now - begin).components.seconds
        #expect(try await bot.stop() == 0)
        #expect(hooks.requests.count - count <= 5 * (Int(seconds) + 2))
        hooks.stop()
        try await world.end()
    }

    @Test func everyRouteSaysWhatItTakesAndIsCounted() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        for path in ["/healthz", "/readyz", "/metrics"] {
            let looked = try await ask("HEAD", bot.url + path)
            #expect(looked.status == 200 && looked.body.isEmpty && looked.header("content-length") != "0")
            for method in ["POST", "DELETE", "PURGE"] {
                let refused = try await ask(method, bot.url + path)
                #expect(refused.status == 405 && refused.header("allow") == "GET, HEAD")
            }
        }
        for method in ["GET", "HEAD", "PUT"] {
            let refused = try await ask(method, bot.url + "/slack/events?x=1")
            #expect(refused.status == 405 && refused.header("allow") == "POST")
        }
        #expect(try await ask("GET", bot.url + "/canary-path").status == 404)
        #expect(try await ask("POST", bot.url + "/teams/commands").status == 404)
        let metrics = try await ask("GET", bot.url + "/metrics").body
        for expected in [
            #"{route="/healthz",status="200"} 1"#, #"{route="/healthz",status="405"} 3"#,
            #"{route="/slack/events",status="405"} 3"#, #"{route="/slack/commands",status="503"} 0"#,
            #"{route="other",status="404"} 2"#,
        ] {
            #expect(metrics.contains("clusterbot_http_requests_total" + expected), "\(expected)")
        }
        #expect(!metrics.contains("canary"))
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// By Debian's curl: the client library of the tests knows few methods.
    private func ask(_ method: String, _ url: String) async throws -> (
        status: Int, body: String, header: (String) -> String?
    ) {
        let looking = method == "HEAD" ? ["--head"] : ["--include", "--request", method]
        let done = try await ChildProcess.run("/usr/bin/curl", ["--silent", "--max-time", "10"] + looking + [url])
        let parts = done.output.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = try #require(parts.first).split(separator: "\r\n")
        let status = try #require(lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        let header = { (name: String) in
            lines.first { $0.lowercased().hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
        }
        return (status, parts.count > 1 ? String(parts[1]) : "", header)
    }
}
