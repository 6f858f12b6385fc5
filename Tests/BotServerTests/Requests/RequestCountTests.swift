import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BotServer

/// What `clusterbot_http_requests_total` counts.
@Suite struct RequestCountTests {
    /// The series of these routes that are not zero.
    private func counted(_ routes: [String]) -> [String] {
        TestMetrics.registry.text().split(separator: "\n").map(String.init).filter { line in
            line.hasPrefix("clusterbot_http_requests_total{") && !line.hasSuffix(" 0")
                && routes.contains { line.contains("route=\"\($0)\"") }
        }
    }

    private func channel(_ path: String) throws -> EmbeddedChannel {
        _ = TestMetrics.registry
        let metrics = RequestMetrics(pages: [path: [200, 413]], webhooks: WebhookRoutes([]))
        let channel = EmbeddedChannel(handler: RequestCount(metrics: metrics))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    @Test func seriesAreThereFromTheStart() throws {
        _ = try channel("/count/start")
        let text = TestMetrics.registry.text()
        #expect(text.contains("\nclusterbot_http_requests_total{route=\"/count/start\",status=\"413\"} 0\n"))
        #expect(text.contains("clusterbot_http_requests_total{route=\"other\",status=\"404\"}"))
    }

    @Test func anAnswerCountsOnceAndAnInterimOneDoesNot() throws {
        let channel = try channel("/count/answer")
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/count/answer?x")
        try channel.writeInbound(HTTPServerRequestPart.head(head))
        try channel.writeOutbound(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .continue)))
        #expect(counted(["/count/answer"]) == [])
        try channel.writeOutbound(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        try channel.writeOutbound(HTTPServerResponsePart.end(nil))
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
        let channel = try channel("/count/gone")
        try channel.writeInbound(
            HTTPServerRequestPart.head(HTTPRequestHead(version: .http1_1, method: .POST, uri: "/count/gone"))
        )
        try channel.close().wait()
        channel.write(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)), promise: nil)
        #expect(counted(["/count/gone"]) == [])
    }
}
