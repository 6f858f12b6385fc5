import NIOHTTP1
import Testing

@testable import BotServer

@Suite struct WebhookRoutesTests {
    private let routes = WebhookRoutes(["/a/hook": HeldWebhook().webhook])

    private func isFound(_ uri: String) -> Bool {
        routes.webhook(HTTPRequestHead(version: .http1_1, method: .POST, uri: uri)) != nil
    }

    @Test(arguments: [
        "/a/hook", "/a/hook?x=/b", "/a/hook/", "//a//hook", "http://host/a/hook", "http://host:1/a/hook?x",
    ])
    func aWebhookIsFoundHoweverItsPathIsWritten(uri: String) { #expect(isFound(uri)) }

    @Test(arguments: ["/", "/a", "/a/hooks", "/b/a/hook", "/a/hook/b", "/A/hook", "/?/a/hook", "a", "", "*"])
    func whatIsNoWebhookIsForTheRouter(uri: String) { #expect(!isFound(uri)) }

    @Test func aServerWithoutWebhooksHasNone() {
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/a/hook")
        #expect(WebhookRoutes([:]).webhook(head) == nil)
    }

    @Test func everyStatusIsCountedFromTheStart() {
        #expect(routes.statuses == ["/a/hook": [200, 400, 401, 405, 413, 500, 503]])
    }

    @Test func requestsHaveIDsOfOneLength() {
        let ids = (0..<1000).map { _ in String.requestID() }
        #expect(ids.allSatisfy { $0.utf8.count == 12 && $0.allSatisfy(\.isHexDigit) })
        #expect(Set(ids).count == 1000)
    }
}
