import Hummingbird
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import TestSupport
import Testing

@testable import BotServer

@Suite struct WebhookHandlerTests {
    private let held = HeldWebhook()
    private let connection: EmbeddedConnection

    init() throws { connection = try EmbeddedConnection(["/hook": held.webhook]) }

    private func head(
        _ line: String = "POST /hook HTTP/1.1",
        _ headers: [String] = [],
        length: Int = 0
    ) -> String {
        ([line, "host: x", "content-length: \(length)"] + headers).joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// One answer, its head's lines in lower case.
    private func answer() throws -> (status: String, headers: [String], body: String) {
        let text = try connection.written()
        let end = try #require(text.firstRange(of: "\r\n\r\n"))
        let lines = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
        return (lines[0], lines.dropFirst().map { $0.lowercased() }.sorted(), String(text[end.upperBound...]))
    }

    @Test func aWholeRequestIsAnsweredAndTheConnectionStays() throws {
        connection.clock.advance(.seconds(7))
        try connection.send(head(length: 3) + "a=b")
        connection.clock.advance(.seconds(1))
        #expect(held.requests.map(\.body) == [Array("a=b".utf8)])
        #expect(held.requests.map(\.startedAt) == [.seconds(7)])
        #expect(held.requests[0].headers.first(name: "host") == "x")
        #expect(try connection.written() == "")
        held.respond("taken")
        let answer = try answer()
        #expect(answer.status == "HTTP/1.1 200 OK")
        let date = "date: fri, 15 jan 2027 08:00:08 gmt"
        #expect(answer.headers == ["content-length: 5", "content-type: text/plain", date])
        #expect(answer.body == "taken")
        #expect(connection.channel.isActive)
    }

    @Test func theDateGoesOn() throws {
        try connection.send(head())
        held.respond()
        #expect(try answer().headers.contains("date: fri, 15 jan 2027 08:00:00 gmt"))
        connection.clock.advance(.seconds(1))
        try connection.send(head())
        held.respond()
        #expect(try answer().headers.contains("date: fri, 15 jan 2027 08:00:01 gmt"))
    }

    @Test func aBodyMayComeInPieces() throws {
        try connection.send(head(length: 4) + "ab")
        #expect(held.requests.isEmpty)
        try connection.send("cd")
        #expect(held.requests.map(\.body) == [Array("abcd".utf8)])
    }

    @Test func everythingElsePassesToTheRouter() throws {
        try connection.send(head("POST /other HTTP/1.1", length: 1) + "a")
        let part = try connection.channel.readInbound(as: HTTPRequestPart.self)
        guard case .head(let head)? = part else {
            Issue.record("nothing came through: \(String(describing: part))")
            return
        }
        #expect(head.path == "/other" && held.requests.isEmpty)
    }

    @Test func nothingOfAWebhookPassesToTheRouter() throws {
        try connection.send(head(length: 1) + "a")
        held.respond()
        #expect(try connection.channel.readInbound(as: HTTPRequestPart.self) == nil)
    }

    @Test(arguments: ["GET", "PUT", "DELETE", "OPTIONS"])
    func webhooksArePosted(method: String) throws {
        try connection.send(head("\(method) /hook HTTP/1.1"))
        let answer = try answer()
        #expect(answer.status == "HTTP/1.1 405 Method Not Allowed")
        #expect(answer.headers.contains("allow: post"))
        #expect(held.requests.isEmpty)
    }

    // MARK: Bodies that are too large

    @Test func aBodyThatIsTooLargeByItsHeadIsNotAwaited() throws {
        try connection.send(head(length: WebhookHandler.largestBody + 1))
        let answer = try answer()
        #expect(answer.status == "HTTP/1.1 413 Payload Too Large")
        // Nobody reads the rest only to come to the next request.
        #expect(answer.headers.contains("connection: close"))
        #expect(held.requests.isEmpty && held.refused.count == 1)
    }

    @Test func aBodyThatTurnsOutTooLargeIsRefusedOnce() throws {
        let chunk = "8000\r\n" + String(repeating: "a", count: 0x8000) + "\r\n"
        try connection.send("POST /hook HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n")
        try connection.send(chunk)
        try connection.send(chunk)
        #expect(held.refused.isEmpty)
        try connection.send("1\r\na\r\n")
        try connection.send(chunk)
        #expect(try answer().status == "HTTP/1.1 413 Payload Too Large")
        #expect(held.requests.isEmpty && held.refused.count == 1)
    }

    @Test func theLargestBodyIsTaken() throws {
        try connection.send(head(length: WebhookHandler.largestBody))
        try connection.send(String(repeating: "a", count: WebhookHandler.largestBody))
        #expect(held.requests.map(\.body.count) == [WebhookHandler.largestBody])
    }

    @Test func aBodyThatIsAnnouncedIsAskedFor() throws {
        try connection.send(head("POST /hook HTTP/1.1", ["Expect: 100-Continue"], length: 1))
        #expect(try connection.written() == "HTTP/1.1 100 Continue\r\n\r\n")
        try connection.send("a")
        held.respond()
        #expect(try answer().status == "HTTP/1.1 200 OK")
    }

    @Test func aBodyThatIsTooLargeIsNotAskedFor() throws {
        let length = WebhookHandler.largestBody + 1
        try connection.send(head("POST /hook HTTP/1.1", ["Expect: 100-continue"], length: length))
        #expect(try answer().status == "HTTP/1.1 413 Payload Too Large")
    }

    // MARK: Several requests on a connection

    @Test func oneRequestAtATimeInTheirOrder() throws {
        try connection.send(head(length: 1) + "a" + head(length: 1) + "b")
        #expect(held.requests.count == 1)
        held.respond("first")
        connection.channel.embeddedEventLoop.run()
        #expect(held.requests.map(\.body) == [Array("a".utf8), Array("b".utf8)])
        held.respond("second")
        let text = try connection.written()
        let first = try #require(text.firstRange(of: "first"))
        #expect(text[first.upperBound...].contains("second"))
        #expect(held.requests[0].id != held.requests[1].id)
    }

    /// An answer that is given at once lets the next request in. Each within the one before, a long row of requests would
    /// use the stack up.
    @Test func answersThatAreGivenAtOnceDoNotStandWithinEachOther() throws {
        let depth = Depth()
        let webhook = Webhook(
            answer: { _, _, respond in
                depth.enter()
                respond(WebhookReply(status: .ok))
                depth.leave()
            },
            refuseTooLarge: { _ in WebhookReply(status: .payloadTooLarge) }
        )
        let connection = try EmbeddedConnection(["/hook": webhook, "/held": held.webhook])
        try connection.send(head("POST /held HTTP/1.1") + String(repeating: head(), count: 5))
        // The others wait already.
        held.respond()
        #expect(try connection.written().split(separator: "HTTP/1.1 200 OK").count == 6)
        #expect(depth.most == 1)
    }

    // MARK: A connection's last request

    @Test(arguments: [("POST /hook HTTP/1.1", ["connection: close"]), ("POST /hook HTTP/1.0", [])])
    func whoAsksForNoMoreIsClosedAfterTheAnswer(line: String, headers: [String]) throws {
        try connection.send(head(line, headers))
        #expect(connection.channel.isActive)
        held.respond("last")
        let answer = try answer()
        #expect(answer.headers.contains("connection: close") && answer.body == "last")
        #expect(!connection.channel.isActive)
    }

    @Test func whoHasSaidTheLastWordGetsTheAnswer() throws {
        try connection.send(head())
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(connection.channel.isActive)
        held.respond("last")
        let answer = try answer()
        #expect(answer.headers.contains("connection: close") && answer.body == "last")
        #expect(!connection.channel.isActive)
    }

    // MARK: The log

    @Test func theLogNamesTheRequestAndHoldsNoSecret() throws {
        try connection.send(head("POST /hook?token=SECRET HTTP/1.1", ["x-key: SECRET"], length: 6) + "SECRET")
        held.respond("SECRET")
        connection.channel.embeddedEventLoop.run()
        let line = try #require(connection.lines.all.first { $0.message == "request" })
        #expect(
            line.facts == ["method": "POST", "path": "/hook", "request": held.requests[0].id, "status": "200"]
        )
        #expect(!connection.lines.all.contains { "\($0)".contains("SECRET") })
    }
}

/// How often something is entered before it is left.
private final class Depth: @unchecked Sendable {
    private var now = 0
    /// Changed on the connection's event loop alone, which is the test's thread.
    private(set) var most = 0

    func enter() {
        now += 1
        most = max(most, now)
    }

    func leave() { now -= 1 }
}
