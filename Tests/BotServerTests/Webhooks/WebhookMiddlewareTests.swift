import Hummingbird
import Logging
import TestSupport
import Testing

@testable import BotServer

/// What a webhook is told and a client hears, over real connections.
@Suite(.timeLimit(.minutes(3)))
struct WebhookMiddlewareTests {
    private let held = HeldWebhook()
    private let clock = StandingClock()
    private let lines = LogLines()

    /// Opens one connection to a server with the webhook `/hook`.
    private func connected(_ body: @escaping (RawClient) async throws -> Void) async throws {
        let logger = lines.logger(.debug)
        try await LoopbackServer.run(["/hook": held.webhook], clock: clock, logger: logger) { server in
            let client = try await RawClient(port: server.port)
            try await body(client)
            try? await client.close()
        }
    }

    private func head(
        _ line: String = "POST /hook HTTP/1.1",
        _ headers: [String] = [],
        length: Int = 0
    ) -> String {
        ([line, "host: x", "content-length: \(length)"] + headers).joined(separator: "\r\n") + "\r\n\r\n"
    }

    @Test func aWholeRequestIsAnsweredAndTheConnectionStays() async throws {
        clock.advance(.seconds(7))
        try await connected { client in
            for text in ["taken", "taken again"] {
                try await client.send(head("POST /hook?x=1&y HTTP/1.1", ["x-key: a", "X-Key: b"], length: 3) + "a=b")
                try await held.respond(text)
                let answer = try await client.answer()
                #expect(answer.status == "HTTP/1.1 200 OK" && answer.body == text)
                let (length, kind) = ("content-length: \(text.utf8.count)", "content-type: text/plain")
                #expect(answer.headers.filter { !$0.hasPrefix("date: ") } == [length, kind])
                #expect(answer.headers.contains { $0.hasPrefix("date: ") && $0.hasSuffix(" gmt") })
            }
        }
        let asked = try #require(held.requests.first)
        #expect(asked.body == Array("a=b".utf8) && asked.query == "x=1&y" && asked.startedAt == .seconds(7))
        #expect(asked.headers.filter { $0.name.rawName.lowercased() == "x-key" }.map(\.value) == ["a", "b"])
        #expect(held.requests.count == 2 && held.requests[0].id != held.requests[1].id)
    }

    @Test func aBodyMayComeInPieces() async throws {
        try await connected { client in
            try await client.send(head(length: 4) + "ab")
            try await client.send("cd")
            try await held.respond()
            _ = try await client.answer()
        }
        #expect(held.requests.map(\.body) == [Array("abcd".utf8)])
    }

    @Test(arguments: ["GET", "PUT", "DELETE", "OPTIONS"])
    func webhooksArePosted(method: String) async throws {
        try await connected { client in
            try await client.send(head("\(method) /hook HTTP/1.1"))
            let answer = try await client.answer()
            #expect(answer.status == "HTTP/1.1 405 Method Not Allowed")
            #expect(answer.headers.contains("allow: post"))
        }
        #expect(held.requests.isEmpty)
    }

    // MARK: Bodies that are too large

    @Test func aBodyThatIsTooLargeByItsHeadIsNotAwaited() async throws {
        try await connected { client in
            try await client.send(head(length: WebhookMiddleware.largestBody + 1))
            let answer = try await client.answer()
            #expect(answer.status.hasPrefix("HTTP/1.1 413 "))
            // Nobody reads the rest only to come to the next request.
            #expect(answer.headers.contains("connection: close"))
            try await client.hearsTheEnd()
        }
        #expect(held.requests.isEmpty && held.refused.count == 1)
    }

    @Test func aBodyThatTurnsOutTooLargeIsRefusedOnce() async throws {
        let chunk = "8000\r\n" + String(repeating: "a", count: 0x8000) + "\r\n"
        try await connected { client in
            try await client.send("POST /hook HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n")
            try await client.send(chunk + chunk + "1\r\na\r\n" + chunk)
            #expect(try await client.answer().status.hasPrefix("HTTP/1.1 413 "))
            try await client.hearsTheEnd()
        }
        #expect(held.requests.isEmpty && held.refused.count == 1)
    }

    @Test func theLargestBodyIsTaken() async throws {
        try await connected { client in
            try await client.send(head(length: WebhookMiddleware.largestBody))
            try await client.send(String(repeating: "a", count: WebhookMiddleware.largestBody))
            try await held.respond()
            #expect(try await client.answer().status == "HTTP/1.1 200 OK")
        }
        #expect(held.requests.map(\.body.count) == [WebhookMiddleware.largestBody])
    }

    @Test func aBodyThatIsAnnouncedIsAskedFor() async throws {
        try await connected { client in
            try await client.send(head("POST /hook HTTP/1.1", ["Expect: 100-Continue"], length: 1))
            #expect(try await client.answer().status == "HTTP/1.1 100 Continue")
            try await client.send("a")
            try await held.respond()
            #expect(try await client.answer().status == "HTTP/1.1 200 OK")
        }
    }

    @Test func aBodyThatIsTooLargeIsNotAskedFor() async throws {
        let length = WebhookMiddleware.largestBody + 1
        try await connected { client in
            try await client.send(head("POST /hook HTTP/1.1", ["Expect: 100-continue"], length: length))
            #expect(try await client.answer().status.hasPrefix("HTTP/1.1 413 "))
        }
    }

    // MARK: Several requests on a connection

    @Test func oneRequestAtATimeInTheirOrder() async throws {
        try await connected { client in
            try await client.send(head(length: 1) + "a" + head(length: 1) + "b")
            try await held.asks()
            #expect(held.requests.count == 1)
            try await held.respond("first")
            #expect(try await client.answer().body == "first")
            try await held.respond("second")
            #expect(try await client.answer().body == "second")
        }
        #expect(held.requests.map(\.body) == [Array("a".utf8), Array("b".utf8)])
    }

    // MARK: A connection's last request

    @Test(arguments: [("POST /hook HTTP/1.1", ["connection: close"]), ("POST /hook HTTP/1.0", [])])
    func whoAsksForNoMoreIsClosedAfterTheAnswer(line: String, headers: [String]) async throws {
        try await connected { client in
            try await client.send(head(line, headers))
            try await held.respond("last")
            let answer = try await client.answer()
            #expect(answer.headers.contains("connection: close") && answer.body == "last")
            try await client.hearsTheEnd()
        }
    }

    @Test func whoHasSaidTheLastWordGetsTheAnswer() async throws {
        try await connected { client in
            try await client.send(head())
            try await client.finish()
            try await held.respond("last")
            #expect(try await client.answer().body == "last")
            try await client.hearsTheEnd()
        }
    }

    // MARK: The log

    @Test func theLogNamesTheRequestAndHoldsNoSecret() async throws {
        try await connected { client in
            try await client.send(head("POST /hook?token=SECRET HTTP/1.1", ["x-key: SECRET"], length: 6) + "SECRET")
            try await held.respond("SECRET")
            _ = try await client.answer()
        }
        let requests = lines.all.filter { $0.message == "request" }
        let id = try #require(held.requests.first).id
        #expect(requests.map(\.facts) == [["method": "POST", "path": "/hook", "request": id, "status": "200"]])
        #expect(!lines.all.contains { "\($0)".contains("SECRET") })
    }
}
