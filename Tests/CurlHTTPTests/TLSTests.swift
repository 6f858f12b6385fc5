import Foundation
import Glibc
import TestSupport
import Testing

@testable import CurlHTTP

/// Who counts as the server. The other end is OpenSSL's own test server.
@Suite(.timeLimit(.minutes(20)))
struct TLSTests {
    @Test("The right name under a given authority is trusted, and the request arrives")
    func trusted() async throws {
        try await withTLSServer { server, request, transport in
            let trusting = request("localhost", server.certificate)
            let call = Task { try await transport.execute(trusting) }
            try await server.output.wait(for: "the request") { $0.contains("PUT /act HTTP/1.1") }
            server.send(okReply)
            #expect(try await call.value.status == 200)
        }
    }

    @Test("A certificate for another name is refused before anything is sent")
    func wrongName() async throws {
        try await withTLSServer { server, request, transport in
            expect(try await failure(of: request("127.0.0.1", server.certificate), on: transport), .tls, .notSent)
            #expect(!server.output.state.contains("PUT /act"))
        }
    }

    @Test("A certificate of an unknown authority is refused before anything is sent", arguments: [true, false])
    func unknownAuthority(withOtherFile: Bool) async throws {
        try await withTLSServer { server, request, transport in
            let file = withOtherFile ? try await TLSServer.makeCertificate(in: server.folder, "other") : nil
            expect(try await failure(of: request("localhost", file), on: transport), .tls, .notSent)
            #expect(!server.output.state.contains("PUT /act"))
        }
    }

    @Test("A missing file of authorities is an error, not a reason to trust anybody")
    func missingFile() async throws {
        try await withTLSServer { server, request, transport in
            let file = server.folder.file("absent.pem")
            expect(try await failure(of: request("localhost", file), on: transport), .tls, .notSent)
        }
    }

    private func withTLSServer(
        _ body: (TLSServer, (_ host: String, _ caFile: String?) -> CurlRequest, CurlTransport) async throws -> Void
    ) async throws {
        let server = try await TLSServer()
        defer { server.stop() }
        let transport = try CurlTransport()
        let port = try await server.port
        func request(_ host: String, _ caFile: String?) -> CurlRequest {
            CurlRequest(
                method: .put,
                url: "https://\(host):\(port)/act",
                body: [],
                sending: .single,
                connectTimeout: .patience,
                totalTimeout: .patience,
                allowsPrivateAddress: true,
                caFile: caFile
            )
        }
        try await body(server, request, transport)
        await transport.shutdown()
    }
}
