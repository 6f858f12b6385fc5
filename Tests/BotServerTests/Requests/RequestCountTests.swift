import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BotServer

/// What `clusterbot_http_requests_total` counts.
@Suite struct RequestCountTests {
    private let held = HeldWebhook()

    /// The series of these routes that are not zero.
    private func counted(_ routes: [String]) -> [String] {
        TestMetrics.registry.text().split(separator: "\n").map(String.init).filter { line in
            line.hasPrefix("clusterbot_http_requests_total{") && !line.hasSuffix(" 0")
                && routes.contains { line.contains("route=\"\($0)\"") }
        }
    }

    private func connection(_ path: String) throws -> EmbeddedConnection {
        _ = TestMetrics.registry
        return try EmbeddedConnection(
            [path: held.webhook],
            metrics: RequestMetrics(pages: [path: [200, 413]], webhooks: WebhookRoutes([]))
        )
    }

    @Test func seriesAreThereFromTheStart() throws {
        _ = try connection("/count/start")
        let text = TestMetrics.registry.text()
        #expect(text.contains("\nclusterbot_http_requests_total{route=\"/count/start\",status=\"413\"} 0\n"))
        #expect(text.contains("clusterbot_http_requests_total{route=\"other\",status=\"404\"}"))
    }

    @Test func anAnswerCountsOnceAndAnInterimOneDoesNot() throws {
        let connection = try connection("/count/answer")
        let head = "POST /count/answer?x HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\nexpect: 100-continue\r\n\r\n"
        try connection.send(head + "a")
        #expect(counted(["/count/answer"]) == [])
        held.respond()
        connection.channel.embeddedEventLoop.run()
        #expect(
            counted(["/count/answer"]) == [#"clusterbot_http_requests_total{route="/count/answer",status="200"} 1"#]
        )
    }

    @Test func nobodyMakesUpASeries() throws {
        _ = TestMetrics.registry
        let head = HTTPResponseHead(version: .http1_1, status: .imATeapot, headers: ["content-length": "0"])
        let count = RequestCount(metrics: RequestMetrics(pages: ["/count/known": []], webhooks: WebhookRoutes([])))
        let channel = EmbeddedChannel(handler: count)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.writeInbound(
            HTTPServerRequestPart.head(HTTPRequestHead(version: .http1_1, method: .GET, uri: "/count/made-up"))
        )
        try channel.writeOutbound(HTTPServerResponsePart.head(head))
        #expect(counted(["/count/made-up", "/count/known"]) == [])
        #expect(counted(["other"]).contains { $0.contains("status=\"418\"") })
    }

    @Test func whoIsGoneIsNotCounted() throws {
        let connection = try connection("/count/gone")
        try connection.send("POST /count/gone HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n")
        try connection.channel.close().wait()
        held.respond()
        connection.channel.embeddedEventLoop.run()
        #expect(counted(["/count/gone"]) == [])
    }
}
