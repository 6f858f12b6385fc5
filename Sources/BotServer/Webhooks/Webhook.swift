import BotCore
import NIOCore
import NIOHTTP1

/// A platform's request, complete.
struct WebhookRequest: Sendable {
    let headers: HTTPHeaders
    let body: [UInt8]
    /// The clock's uptime when its head came in.
    let startedAt: Duration
}

/// What a platform's request is answered.
struct WebhookReply: Sendable {
    let status: HTTPResponseStatus
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
}

/// Answers one kind of request.
struct Webhook: Sendable {
    /// Hears the reply, once, on the connection's event loop.
    typealias Respond = @Sendable (WebhookReply) -> Void

    /// Called on a connection's event loop, so that it must not block.
    let answer: @Sendable (WebhookRequest, any EventLoop, @escaping Respond) -> Void
    /// The answer to a request whose body is too large.
    let refuseTooLarge: @Sendable () -> WebhookReply
}

/// The webhooks by their paths.
struct WebhookRoutes: Sendable {
    private let webhooks: [String: Webhook]

    /// - Parameter webhooks: by path, beginning with a slash.
    init(_ webhooks: [String: Webhook]) { self.webhooks = webhooks }

    /// Nil if a request is not for a webhook.
    func webhook(_ head: HTTPRequestHead) -> Webhook? {
        guard head.method == .POST, !webhooks.isEmpty else { return nil }
        if let webhook = webhooks[head.uri] { return webhook }
        // Without the query and what proxies may put in front (`http://host`), and with slashes as the router reads them.
        var path = head.uri.prefix { $0 != "?" }
        if !path.hasPrefix("/"), let scheme = path.firstRange(of: "://") {
            path = path[scheme.upperBound...].drop { $0 != "/" }
        }
        return webhooks["/" + path.split(separator: "/").joined(separator: "/")]
    }
}
