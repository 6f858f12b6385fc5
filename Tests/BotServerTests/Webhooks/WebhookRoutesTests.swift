import ChatKit
import Hummingbird
import Testing

@testable import BotServer

@Suite struct WebhookRoutesTests {
    private let routes = WebhookRoutes([
        webhook("/chat/commands"), webhook("/chat/{bot}/events", methods: ["GET", "POST"]),
    ])

    private static func webhook(_ path: String, methods: Set<String> = ["POST"]) -> Webhook {
        Webhook(
            path: WebhookPath(path),
            methods: methods,
            answer: { _ in Response(status: .ok) },
            refuseTooLarge: { _ in Response(status: .contentTooLarge) }
        )
    }

    private func match(_ method: HTTPRequest.Method, _ uri: String) -> WebhookRoutes.Match? {
        routes.match(HTTPRequest(method: method, scheme: nil, authority: nil, path: uri))
    }

    @Test(arguments: [
        "/chat/commands", "/chat/commands?x=1", "//chat//commands/", "/chat/commands?x=/b",
        "http://bot.example/chat/commands", "http://host:1/chat/commands?x",
    ])
    func aWebhookIsFoundByItsPath(uri: String) {
        #expect(match(.post, uri)?.webhook.path.description == "/chat/commands")
        #expect(match(.post, uri)?.webhook.methods == ["POST"])
    }

    @Test func whatAPathLeavesOpenIsHandedOn() {
        for method in [HTTPRequest.Method.get, .post] {
            let found = match(method, "/chat/b1/events?challenge=7")
            #expect(found?.parameters == ["bot": "b1"])
            #expect(found?.webhook.path.description == "/chat/{bot}/events")
        }
    }

    @Test func everyOtherPathIsNone() {
        for uri in [
            "/", "/chat", "/chat/commands/x", "/chat/b1/b2/events", "/healthz", "*", "/A", "", "a", "/?/chat/commands",
        ] {
            #expect(match(.post, uri) == nil, "\(uri)")
        }
        #expect(WebhookRoutes([]).match(uri: "/chat/commands") == nil)
    }

    /// A path that a secret is part of is nowhere shown, and nobody makes up new series.
    @Test func openPathsAreCountedTogether() {
        #expect(Set(routes.statuses.keys) == ["/chat/commands", "/chat/{bot}/events"])
        let metrics = RequestMetrics(pages: ["/healthz": [200]], webhooks: routes)
        #expect(metrics.route(of: "/chat/b1/events?x=1") == "/chat/{bot}/events")
        #expect(metrics.route(of: "/chat/commands") == "/chat/commands")
        #expect(metrics.route(of: "//healthz") == "/healthz")
        #expect(metrics.route(of: "/chat/b1") == "other")
    }

    @Test func everyStatusIsCountedFromTheStart() {
        #expect(routes.statuses["/chat/commands"] == [200, 400, 401, 405, 413, 500, 503])
    }

    @Test func requestsHaveIDsOfOneLength() {
        let ids = (0..<1000).map { _ in String.requestID() }
        #expect(ids.allSatisfy { $0.utf8.count == 12 && $0.allSatisfy(\.isHexDigit) })
        #expect(Set(ids).count == 1000)
    }
}
