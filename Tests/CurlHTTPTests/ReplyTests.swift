import TestSupport
import Testing

@testable import CurlHTTP

/// What counts as a reply, and how much of one is taken.
struct ReplyTests {
    @Test(
        "Every complete reply is returned, whatever its status",
        arguments: [200, 201, 204, 304, 400, 404, 412, 500, 502, 599]
    )
    func anyStatus(status: Int) async throws {
        let body = [204, 304].contains(status) ? "" : "hello"
        let length = body.isEmpty ? "" : "Content-Length: 5\r\n"
        let reply = "HTTP/1.1 \(status) Whatever\r\nX-Request: abc\r\n\(length)x-request: second\r\n\r\n\(body)"
        try await withExchange([[.request, .send(reply)]]) { server, transport in
            let response = try await transport.execute(server.put("/act"))
            #expect(response.status == status)
            #expect(response.body == Array(body.utf8))
            #expect(response.header("X-REQUEST") == "abc")
            #expect(response.header("absent") == nil)
            #expect(response.headers.filter { $0.name.lowercased() == "x-request" }.map(\.value) == ["abc", "second"])
        }
    }

    @Test(
        "Bodies without a length end with the last chunk or with the connection",
        arguments: [
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Trailer: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\nhello", "HTTP/1.0 200 OK\r\n\r\nhello",
        ]
    )
    func bodyWithoutLength(reply: String) async throws {
        try await withExchange([[.request, .send(reply)]]) { server, transport in
            let response = try await transport.execute(server.request())
            #expect(response.body == Array("hello".utf8))
            #expect(response.header("x-trailer") == nil)
        }
    }

    @Test("An interim reply's headers are not mixed into the reply")
    func interimThenReply() async throws {
        let interim = "HTTP/1.1 103 Early Hints\r\nX-Hint: 1\r\n\r\n"
        try await withExchange([[.request, .send(interim + okReply)]]) { server, transport in
            let response = try await transport.execute(server.put("/act"))
            #expect(response.status == 200)
            #expect(response.header("x-hint") == nil)
            #expect(response.header("content-length") == "2")
        }
    }

    @Test(
        "An interim reply and then silence, or the end, is no reply",
        arguments: [100, 101, 102, 103],
        [true, false]
    )
    func interimOnly(status: Int, thenSilence: Bool) async throws {
        let interim = "HTTP/1.1 \(status) Interim\r\nX-Hint: 1\r\n\r\n"
        try await withExchange([[.request, .send(interim)] + (thenSilence ? [.hold] : [])]) { server, transport in
            var request = server.put("/act")
            // Enough to send it.
            if thenSilence { request.totalTimeout = .seconds(3) }
            let error = try await failure(of: request, on: transport)
            #expect(error.delivery == .unknown)
            if thenSilence { #expect(error.code == .timeout) }
            #expect(server.count("/act") == 1)
        }
    }

    @Test(
        "What is not HTTP is a protocol error, and the request may have been carried out",
        arguments: ["hello\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 2x0 OK\r\n\r\n"]
    )
    func notHTTP(reply: String) async throws {
        try await withExchange([[.request, .send(reply)]]) { server, transport in
            expect(try await failure(of: server.put("/act"), on: transport), .protocolError, .unknown)
            #expect(server.count("/act") == 1)
        }
    }

    @Test(
        "A truncated body is a lost connection",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        ]
    )
    func truncated(reply: String) async throws {
        try await withExchange([[.request, .send(reply)]]) { server, transport in
            expect(try await failure(of: server.put("/act"), on: transport), .connectionLost, .unknown)
            #expect(server.count("/act") == 1)
        }
    }

    @Test("A body of the allowed size is taken, one byte more is not", arguments: [true, false])
    func bodyLimit(isChunked: Bool) async throws {
        func reply(_ count: Int) -> String {
            let text = String(repeating: "x", count: count)
            let size = String(count, radix: 16)
            return isChunked
                ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(size)\r\n\(text)\r\n0\r\n\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Length: \(count)\r\n\r\n\(text)"
        }
        try await withExchange([[.request, .send(reply(50_000))], [.request, .send(reply(50_001))]]) {
            server,
            transport in
            var request = server.put("/act")
            request.maximumBodyBytes = 50_000
            #expect(try await transport.execute(request).body.count == 50_000)
            expect(try await failure(of: request, on: transport), .bodyTooLarge, .unknown)
            #expect(server.count("/act") == 2)
        }
    }

    @Test("An endless body is cut off")
    func endlessBody() async throws {
        let chunk = "1000\r\n" + String(repeating: "x", count: 0x1000) + "\r\n"
        let start = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        try await withExchange([[.request, .send(start), .forever([.send(chunk)])]]) { server, transport in
            expect(try await failure(of: server.put("/act"), on: transport), .bodyTooLarge, .unknown)
            try await server.connections.wait(for: "the connection's end") { !$0[0].isOpen }
        }
    }

    @Test(
        "Headers beyond the limits are cut off: too many, too large, one endless line, endless interim replies",
        arguments: [
            [.send("HTTP/1.1 200 OK\r\n"), .forever([.send("X-A: b\r\n")])],
            [.send("HTTP/1.1 200 OK\r\n"), .forever([.send("X-A: \(String(repeating: "b", count: 10_000))\r\n")])],
            [.send("HTTP/1.1 200 OK\r\nX-A: "), .forever([.send(String(repeating: "b", count: 10_000))])],
            [.forever([.send("HTTP/1.1 100 Continue\r\n\r\n")])],
        ] as [[ScriptedServer.Step]]
    )
    func headerLimits(steps: [ScriptedServer.Step]) async throws {
        try await withExchange([[.request] + steps]) { server, transport in
            expect(try await failure(of: server.put("/act"), on: transport), .headersTooLarge, .unknown)
            #expect(server.count("/act") == 1)
        }
    }

    @Test("A hundred header lines are taken, with the status line and the empty one among them")
    func headerLinesAtLimit() async throws {
        let lines = String(repeating: "X-A: b\r\n", count: ReplyCollector.maximumHeaderLines - 3)
        let reply = "HTTP/1.1 200 OK\r\n\(lines)Content-Length: 0\r\n\r\n"
        let longer = "HTTP/1.1 200 OK\r\nX-B: b\r\n\(lines)Content-Length: 0\r\n\r\n"
        try await withExchange([[.request, .send(reply)], [.request, .send(longer)]]) { server, transport in
            #expect(
                try await transport.execute(server.request()).headers.count == ReplyCollector.maximumHeaderLines - 2
            )
            expect(try await failure(of: server.request(), on: transport), .headersTooLarge, .unknown)
        }
    }

    @Test("Nothing is sent that was not asked for, and no Content-Type is made up")
    func whatIsSent() async throws {
        try await withExchange([[.request, .send(okReply)]]) { server, transport in
            var request = server.put("/act?apikey=secret")
            request.headers = [("Authorization", "Bearer t"), ("X-Empty", "")]
            _ = try await transport.execute(request)
            let lines = server.requests[0].head.split(separator: "\r\n").map(String.init)
            #expect(
                lines == [
                    "PUT /act?apikey=secret HTTP/1.1", "Host: 127.0.0.1:\(server.port)", "Accept: */*",
                    "Authorization: Bearer t", "X-Empty:", "Accept-Encoding: identity", "Content-Length: 14",
                ]
            )
            #expect(server.requests[0].body == request.body)
        }
    }
}
