import CurlHTTP
import Foundation
import Sandbox
import TestSupport
import Testing

/// From typing on the demo's page to the first answer: 99 of 100 lines within 300 ms.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct DemoPaceTests {
    /// What people type, in turns: changes, questions, and lines that are not right.
    private static let lines = [
        "43 image {n}", "43 status", "history", "42 sclae 4", "43 scale {n} --plan", "pending", "help", "42 restart",
        "43 image", "prod status", "whoami", "43 history 10", "42 scale 4?", "who can approve 42 scale 4", "dance",
    ]

    @Test func theFirstAnswerComesAtOnce() async throws {
        let demo = try ChildProcess(Tools.clusterbot, ["demo", "--port", "0"])
        try await demo.seen.wait(for: "the demo's page") { $0.output.contains { $0.hasPrefix("Open ") } }
        let line = try #require(demo.seen.state.output.first { $0.hasPrefix("Open ") })
        let page = String(line.split(separator: " ")[1])
        let transport = try CurlTransport()
        let lateness = Lateness()
        var times: [Duration] = []
        for number in 0..<200 {
            // Nobody is slowed down for giving too many commands within a minute.
            if number % 40 == 0 { try await post("time", ["seconds": 60], to: page, transport) }
            let text = Self.lines[number % Self.lines.count].replacing("{n}", with: "\(1 + number % 4)")
            let began = ContinuousClock.now
            try await post(
                "send",
                [
                    "text": .string("/cluster " + text), "as": number % 2 == 0 ? "U0AMY" : "U0BOB", "channel": "C0OPS",
                ],
                to: page,
                transport
            )
            times.append(.now - began)
        }
        let log = try await transport.execute(request(.get, page + "sandbox/slack/log"))
        let deliveries = try json(String(decoding: log.body, as: UTF8.self))["deliveries"]?.array ?? []
        #expect(deliveries.count == times.count && deliveries.allSatisfy { $0["status"] == 200 && $0["reply"] != "" })
        times.sort()
        let slow = times[times.count * 99 / 100]
        #expect(slow < .milliseconds(300) + lateness.soFar * 2, "p50 \(times[times.count / 2]), p99 \(slow)")
        print("demo: p50 \(times[times.count / 2]), p99 \(slow), a timer was \(lateness.soFar) late")
        await transport.shutdown()
        demo.send(SIGTERM)
        #expect(try await demo.exitCode() == 0)
    }

    private func post(_ what: String, _ body: SandboxJSON, to page: String, _ transport: CurlTransport) async throws {
        let answer = try await transport.execute(request(.post, page + "sandbox/slack/" + what, body))
        #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
    }

    private func request(_ method: CurlRequest.Method, _ url: String, _ body: SandboxJSON? = nil) -> CurlRequest {
        CurlRequest(
            method: method,
            url: url,
            headers: [("Content-Type", "application/json")],
            body: body?.bytes,
            sending: .single,
            totalTimeout: .seconds(20),
            allowsPlainHTTP: true,
            allowsPrivateAddress: true
        )
    }
}
