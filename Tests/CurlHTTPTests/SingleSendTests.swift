import TestSupport
import Testing

@testable import CurlHTTP

/// A request that must not happen twice does not, whatever the server does.
struct SingleSendTests {
    /// The connection is kept after a first, harmless request; the second is read in full and the connection closed.
    private static let diesBeforeSecondReply: [ScriptedServer.Step] = [.request, .send(okReply), .request]

    @Test(
        "A single request is received once when its connection dies; each guard alone sees to it",
        arguments: zip(
            [SingleSendGuards.all, .ownConnection, .countedSendings],
            [TransportError.Code.connectionLost, .connectionLost, .duplicateSendRefused]
        )
    )
    func singleIsReceivedOnce(guards: SingleSendGuards, code: TransportError.Code) async throws {
        // A connection of its own dies too; what comes on a third would be a repetition.
        let scripts = [Self.diesBeforeSecondReply, [.request], [.request, .send(okReply)]]
        try await withExchange(scripts) { server, transport in
            _ = try await transport.execute(server.request("/warm", .repeatable))
            var request = server.put("/act")
            request.guards = guards
            expect(try await failure(of: request, on: transport), code, .unknown)
            #expect(server.count("/act") == 1)
        }
    }

    @Test(
        "Without the guards, or as repeatable, libcurl sends it twice and reports one success",
        arguments: [CurlRequest.Sending.single, .repeatable]
    )
    func controlIsReceivedTwice(sending: CurlRequest.Sending) async throws {
        try await withExchange([Self.diesBeforeSecondReply, [.request, .send(okReply)]]) { server, transport in
            _ = try await transport.execute(server.request("/warm", .repeatable))
            var request = server.put("/act", sending)
            request.guards = []
            #expect(try await transport.execute(request).status == 200)
            #expect(server.count("/act") == 2)
        }
    }

    @Test("'Could not connect' after a delivered first sending is unknown, not 'not sent'")
    func connectFailureAfterDelivery() async throws {
        try await withExchange([Self.diesBeforeSecondReply + [.stopListening]]) { server, transport in
            _ = try await transport.execute(server.request("/warm", .repeatable))
            let error = try await failure(of: server.put("/act", .repeatable), on: transport)
            expect(error, .connect, .unknown)
            #expect(error.curl == 7)
            #expect(server.count("/act") == 1)
        }
    }

    @Test(
        "A single request never takes a kept connection, and leaves none",
        arguments: CurlRequest.Method.allCases
    )
    func ownConnection(method: CurlRequest.Method) async throws {
        try await withExchange([[.forever([.request, .send(okReply)])]]) { server, transport in
            _ = try await transport.execute(server.request("/warm", .repeatable))
            var request = server.request("/act", .single)
            request.method = method
            _ = try await transport.execute(request)
            _ = try await transport.execute(request)
            _ = try await transport.execute(server.request("/warm", .repeatable))
            #expect(
                server.connections.state.map { $0.requests.map(\.target) } == [["/warm", "/warm"], ["/act"], ["/act"]]
            )
            #expect(server.requests.filter { $0.target == "/act" }.map(\.method) == [method.rawValue, method.rawValue])
        }
    }

    @Test(
        "A reply that invites another try is returned, not followed",
        arguments: [
            "301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect",
            "401 Unauthorized", "407 Proxy Authentication Required", "408 Request Timeout", "417 Expectation Failed",
            "421 Misdirected Request", "425 Too Early", "429 Too Many Requests", "503 Service Unavailable",
        ]
    )
    func invitation(status: String) async throws {
        let reply = """
            HTTP/1.1 \(status)\r\nLocation: /again\r\nRetry-After: 0\r\nWWW-Authenticate: Basic realm="x"\r
            WWW-Authenticate: Digest realm="x", nonce="y"\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n
            """
        for sending in CurlRequest.Sending.allCases {
            try await withExchange([[.forever([.request, .send(reply)])]]) { server, transport in
                let response = try await transport.execute(server.put("/act", sending))
                #expect(status.hasPrefix("\(response.status) "))
                #expect(response.header("location") == "/again")
                #expect(server.requests.map(\.target) == ["/act"])
            }
        }
    }

    @Test(
        "No body is announced with Expect, so a 417 cannot make libcurl send again",
        arguments: CurlRequest.Sending.allCases
    )
    func noExpect(sending: CurlRequest.Sending) async throws {
        let reply = "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n"
        try await withExchange([[.forever([.request, .send(reply)])]]) { server, transport in
            var request = server.put("/act", sending)
            // libcurl adds the header by itself from 1 MiB on.
            request.body = [UInt8](repeating: UInt8(ascii: "x"), count: 1_500_000)
            let response = try await transport.execute(request)
            #expect(response.status == 417)
            #expect(server.requests.map(\.body.count) == [1_500_000])
            #expect(server.requests.first?.header("expect") == nil)
        }
    }

    @Test("A reset at any byte of the request never leads to a second sending")
    func resetWithinRequest() async throws {
        let length = try await withExchange([[.request, .send(okReply)]]) { server, transport in
            _ = try await transport.execute(server.put("/act"))
            return server.connections.state[0].bytes.count
        }
        // The port has five digits in all likelihood; the last position may be beyond the end by a byte or so.
        let scripts = (0..<length - 2).map { [ScriptedServer.Step.bytes($0), .reset] }
        try await withExchange(scripts) { server, transport in
            for position in scripts.indices {
                let error = try await failure(of: server.put("/act"), on: transport)
                try await server.connections.wait(for: "the reset of \(position)") {
                    $0.count > position && !$0[position].isOpen
                }
                #expect(server.connections.state.count == position + 1)
                #expect(server.connections.state[position].bytes.count == position)
                if position > 0 { expect(error, .connectionLost, .unknown) }
            }
        }
    }

    @Test("A reply that is cut at any byte, by reset or by close, is no reply", arguments: [true, false])
    func cutWithinReply(byReset: Bool) async throws {
        let pieces = (0..<okReply.utf8.count).map { String(decoding: okReply.utf8.prefix($0), as: UTF8.self) }
        let scripts = pieces.map { [ScriptedServer.Step.request, .send($0)] + (byReset ? [.reset] : []) }
        try await withExchange(scripts) { server, transport in
            for position in scripts.indices {
                expect(try await failure(of: server.put("/act"), on: transport), .connectionLost, .unknown)
                #expect(server.count("/act") == position + 1)
            }
        }
    }
}
