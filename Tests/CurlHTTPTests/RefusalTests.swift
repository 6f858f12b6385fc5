import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import CurlHTTP

/// What is refused before a byte leaves.
struct RefusalTests {
    private func expectRefused(
        _ code: TransportError.Code,
        connections: Int = 0,
        _ change: (inout CurlRequest, Int) -> Void
    ) async throws {
        try await withExchange([[.forever([.request, .send(okReply)])]]) { server, transport in
            for sending in CurlRequest.Sending.allCases {
                var request = server.put("/act", sending)
                change(&request, server.port)
                expect(try await failure(of: request, on: transport), code, .notSent)
            }
            let ended = try await server.endedConnections(control: transport)
            #expect(ended.count == connections)
            #expect(ended.flatMap(\.bytes).isEmpty)
        }
    }

    @Test(
        "Line breaks, NUL and other control characters in headers are refused",
        arguments: [
            ("X-A", "b\r\nX-B: c"), ("X-A", "b\nX-B: c"), ("X-A", "b\r"), ("X-A", "b\0c"), ("X-A", "\u{7f}"),
            ("X-A", "\u{1b}[0m"), ("X-A\r\nX-B", "c"), ("X-A\0", "c"), ("X A", "c"), ("X-A:", "c"), ("", "c"),
            ("X-Ä", "c"),
        ]
    )
    func headerInjection(name: String, value: String) async throws {
        try await expectRefused(.badRequest) { request, _ in request.headers = [(name, value)] }
    }

    @Test(
        "Headers that frame the message are refused in any spelling",
        arguments: [
            "Content-Length", "transfer-encoding", "EXPECT", "Host", "Connection", "Upgrade", "Keep-Alive",
            "Proxy-Connection", "TE", "Trailer", "HTTP2-Settings",
        ]
    )
    func framingHeaders(name: String) async throws {
        try await expectRefused(.badRequest) { request, _ in request.headers = [(name, "100-continue")] }
    }

    @Test(
        "URLs that are not plainly http or https to a host are refused",
        arguments: [
            "file:///etc/passwd", "ftp://127.0.0.1:PORT/", "gopher://127.0.0.1:PORT/", "smb://127.0.0.1/x",
            "ldap://127.0.0.1:PORT/", "dict://127.0.0.1:PORT/", "http://user@127.0.0.1:PORT/",
            "http://user:word@127.0.0.1:PORT/", "127.0.0.1:PORT/", "/act", "", "http://",
            "http://127.0.0.1:PORT/a b", "http://127.0.0.1:PORT/a\r\nX-B: c", "http://127.0.0.1:PORT/\0",
            "http://127.0.0.1:99999/", "unknown://127.0.0.1:PORT/",
        ]
    )
    func badURL(url: String) async throws {
        try await expectRefused(.badRequest) { request, port in
            request.url = url.replacing("PORT", with: "\(port)")
        }
    }

    @Test("Plain http is refused unless allowed")
    func plainHTTP() async throws {
        try await expectRefused(.badRequest) { request, _ in request.allowsPlainHTTP = false }
    }

    @Test("A GET with a body is refused")
    func getWithBody() async throws {
        try await expectRefused(.badRequest) { request, _ in request.method = .get }
    }

    @Test(
        "Loopback is refused however it is spelt, and does not even see a connection",
        arguments: [
            "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "017700000001", "0.0.0.0", "0", "[::1]", "[::]",
            "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]",
        ]
    )
    func privateAddress(host: String) async throws {
        try await expectRefused(.addressRefused) { request, port in
            request.url = "http://\(host):\(port)/act"
            request.allowsPrivateAddress = false
        }
    }

    @Test("A kept connection to a private address is not used by a request that may not go there")
    func privateAddressOnKeptConnection() async throws {
        try await withExchange([[.forever([.request, .send(okReply)])]]) { server, transport in
            _ = try await transport.execute(server.request("/warm", .repeatable))
            var request = server.put("/act", .repeatable)
            request.allowsPrivateAddress = false
            let error = try await failure(of: request, on: transport)
            expect(error, .addressRefused, .notSent)
            // 42: refused in the last moment on an open connection, not at its opening.
            #expect(error.curl == 42)
            let ended = try await server.endedConnections(control: transport)
            #expect(ended.map { $0.requests.map(\.target) } == [["/warm"]])
        }
    }

    @Test("A request that its caller takes back in the last moment is not sent")
    func mayStillSend() async throws {
        try await expectRefused(.refusedByCaller, connections: 2) { request, _ in request.mayStillSend = { false } }
    }

    @Test("The caller is asked before each sending, and a no to the second leaves the first unknown")
    func mayStillSendTwice() async throws {
        let scripts: [[ScriptedServer.Step]] = [[.request, .send(okReply), .request], [.request, .send(okReply)]]
        try await withExchange(scripts) { server, transport in
            _ = try await transport.execute(server.request("/warm", .repeatable))
            let asked = NIOLockedValueBox(0)
            var request = server.put("/act", .repeatable)
            request.mayStillSend = {
                asked.withLockedValue { asked in
                    asked += 1
                    return asked == 1
                }
            }
            expect(try await failure(of: request, on: transport), .refusedByCaller, .unknown)
            #expect(asked.withLockedValue { $0 } == 2)
            #expect(server.count("/act") == 1)
        }
    }

    @Test("An origin is what libcurl connects to")
    func origin() throws {
        #expect(try CurlOrigin("HTTPS://Example.com/a?b=c") == CurlOrigin("https://Example.com:443/other"))
        #expect(try CurlOrigin("http://0x7f.1/").description == "http://127.0.0.1:80")
        #expect(throws: TransportError.self) { try CurlOrigin("https://user@example.com/") }
    }
}
