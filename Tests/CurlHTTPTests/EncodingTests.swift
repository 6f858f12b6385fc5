import Foundation
import TestSupport
import Testing

@testable import CurlHTTP

/// Replies that are compressed although nobody asked for it.
struct EncodingTests {
    /// The bytes that Python's own library makes of a text.
    private static func compressed(_ how: String, _ text: String) async throws -> [UInt8] {
        let program = """
            import base64, gzip, sys, zlib
            text = sys.argv[2].encode()
            if text.startswith(b"zeros "): text = bytes(int(text[6:]))
            how = {"gzip": gzip.compress, "deflate": zlib.compress, "twice": lambda t: gzip.compress(gzip.compress(t))}
            print(base64.b64encode(how[sys.argv[1]](text)).decode())
            """
        let made = try await ChildProcess.run("/usr/bin/python3", ["-c", program, how, text])
        let line = try #require(made.output.split(separator: "\n").first)
        return Array(try #require(Data(base64Encoded: String(line))))
    }

    private static func reply(_ encoding: String, _ body: [UInt8]) -> ScriptedServer.Step {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: \(encoding)\r\nContent-Length: \(body.count)\r\n\r\n"
        return .sendBytes(Array(head.utf8) + body)
    }

    @Test(
        "It is decompressed, and was not asked for",
        arguments: [("gzip", "gzip"), ("deflate", "deflate"), ("twice", "gzip, gzip"), ("gzip", "x-gzip")]
    )
    func isDecompressed(how: String, encoding: String) async throws {
        let text = #"{"code": 200, "message": "Cluster updated successfully"}"#
        let body = try await Self.compressed(how, text)
        try await withExchange([[.request, Self.reply(encoding, body)]]) { server, transport in
            let response = try await transport.execute(server.put("/act"))
            #expect(String(decoding: response.body, as: UTF8.self) == text)
            #expect(server.requests[0].header("Accept-Encoding") == "identity")
            #expect(server.count("/act") == 1)
        }
    }

    @Test("What comes out of it counts against the limit")
    func aBombEnds() async throws {
        let bomb = try await Self.compressed("gzip", "zeros 50000000")
        #expect(bomb.count < 100_000)
        try await withExchange([[.request, Self.reply("gzip", bomb)]]) { server, transport in
            expect(try await failure(of: server.put("/act"), on: transport), .bodyTooLarge, .unknown)
        }
    }

    @Test("Broken, cut off, of an unknown kind, or wrapped too often: there is no reply", arguments: 0..<4)
    func cannotBeUndone(kind: Int) async throws {
        let good = try await Self.compressed("gzip", String(repeating: "hello ", count: 200))
        let (encoding, body): (String, [UInt8]) =
            switch kind {
            case 0: ("gzip", Array("this is no gzip at all".utf8))
            case 1: ("gzip", Array(good.prefix(good.count / 2)) + Array(repeating: 0xFF, count: 40))
            case 2: ("x-secret", good)
            default: (Array(repeating: "gzip", count: 20).joined(separator: ", "), good)
            }
        try await withExchange([[.request, Self.reply(encoding, body)]]) { server, transport in
            expect(try await failure(of: server.put("/act"), on: transport), .badEncoding, .unknown)
            #expect(server.count("/act") == 1)
        }
    }
}
