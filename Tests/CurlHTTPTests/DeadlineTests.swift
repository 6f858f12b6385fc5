import TestSupport
import Testing

@testable import CurlHTTP

/// Every limit of time, and what can have left when it is reached.
struct DeadlineTests {
    @Test("A server that reads and never answers is a timeout, and may have acted")
    func silence() async throws {
        try await withExchange([[.request, .hold]]) { server, transport in
            var request = server.put("/act")
            // Enough to send it.
            request.totalTimeout = .seconds(3)
            expect(try await failure(of: request, on: transport), .timeout, .unknown)
            #expect(server.count("/act") == 1)
            try await server.connections.wait(for: "the connection's end") { !$0[0].isOpen }
        }
    }

    @Test("A TLS handshake that never ends is a timeout of the connection, and nothing was sent")
    func handshake() async throws {
        try await withExchange([[.hold]]) { server, transport in
            var request = server.put("/act")
            request.url = "https://127.0.0.1:\(server.port)/act"
            request.connectTimeout = .milliseconds(300)
            let elapsed = try await ContinuousClock().measure {
                expect(try await failure(of: request, on: transport), .timeout, .notSent)
            }
            // The only other limit is the total one.
            #expect(elapsed < request.totalTimeout / 2)
            #expect(!server.receivedText.contains("/act"))
        }
    }

    @Test("Waiting for a free connection counts, and what waited was not sent", arguments: CurlRequest.Sending.allCases)
    func queued(sending: CurlRequest.Sending) async throws {
        try await withExchange([[.request, .hold]], connectionsPerHost: 1) { server, transport in
            let first = Task { try await failure(of: server.put("/first"), on: transport) }
            try await server.connections.wait(for: "the first request") { $0.first?.requests.count == 1 }
            var request = server.put("/second", sending)
            request.totalTimeout = .milliseconds(400)
            let elapsed = try await ContinuousClock().measure {
                expect(try await failure(of: request, on: transport), .timeout, .notSent)
            }
            // Not the time of the first one, which holds the connection.
            #expect(elapsed >= .milliseconds(400) && elapsed < .patience / 2)
            #expect(server.requests.map(\.target) == ["/first"])
            first.cancel()
            expect(try await first.value, .cancelled, .unknown)
        }
    }

    @Test("A call that waited for a connection longer than it may take to connect still gets its turn")
    func queuedBeyondConnectTimeout() async throws {
        let scripts: [[ScriptedServer.Step]] = [
            [.request, .drip(okReply, every: .milliseconds(100))], [.request, .send(okReply)],
        ]
        try await withExchange(scripts, connectionsPerHost: 1) { server, transport in
            let first = Task { try await transport.execute(server.put("/first")) }
            try await server.connections.wait(for: "the first request") { $0.first?.requests.count == 1 }
            var request = server.put("/second")
            request.connectTimeout = .seconds(2)
            let response = try await transport.execute(request)
            #expect(response.status == 200)
            _ = try await first.value
        }
    }

    @Test("A budget that is used up is a timeout without a try", arguments: [Duration.zero, .seconds(-1)])
    func usedUp(total: Duration) async throws {
        try await withExchange([[.request, .send(okReply)]]) { server, transport in
            var request = server.put("/act")
            request.totalTimeout = total
            expect(try await failure(of: request, on: transport), .timeout, .notSent)
            #expect(try await server.endedConnections(control: transport).isEmpty)
        }
    }

    @Test("A drip that would take for ever ends with the total limit")
    func dripEndsWithTotal() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
        let body = String(repeating: "x", count: 1000)
        try await withExchange([[.request, .send(head), .drip(body, every: .milliseconds(100))]]) { server, transport in
            var request = server.put("/act")
            request.totalTimeout = .seconds(3)
            expect(try await failure(of: request, on: transport), .timeout, .unknown)
            #expect(server.count("/act") == 1)
        }
    }

    @Test("A repeatable request that gets fewer than ten bytes a second is given up before its total limit")
    func stall() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
        let body = String(repeating: "x", count: 1000)
        try await withExchange([[.request, .send(head), .drip(body, every: .milliseconds(500))]]) { server, transport in
            var request = server.request("/read", .repeatable)
            request.stallTimeout = .seconds(3)
            let elapsed = try await ContinuousClock().measure {
                expect(try await failure(of: request, on: transport), .timeout, .unknown)
            }
            #expect(elapsed < request.totalTimeout / 2)
        }
    }

    @Test("A single request is given its whole time, however slowly the answer comes")
    func singleDoesNotStall() async throws {
        try await withExchange([[.request, .drip(okReply, every: .milliseconds(60))]]) { server, transport in
            var request = server.put("/act")
            request.stallTimeout = .seconds(1)
            let response = try await transport.execute(request)
            #expect(response.status == 200)
        }
    }

    @Test(
        "Durations become whole milliseconds that libcurl takes, never 'no limit'",
        arguments: zip(
            [Duration.zero, .seconds(-5), .nanoseconds(1), .milliseconds(1500), .seconds(Int64.max)],
            [1, 1, 1, 1500, 2_000_000_000]
        )
    )
    func milliseconds(duration: Duration, expected: Int) {
        #expect(duration.curlMilliseconds == expected)
    }
}
