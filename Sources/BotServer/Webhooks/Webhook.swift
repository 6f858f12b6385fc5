import BotCore
import NIOCore
import NIOHTTP1

/// A platform's request, complete.
struct WebhookRequest: Sendable {
    /// Names it on all log lines that come of it.
    let id: String
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
    /// The answer to a request whose body is too large; told the request's id.
    let refuseTooLarge: @Sendable (String) -> WebhookReply
}

extension Webhook {
    /// Webhooks are posted. Every other method is answered when the request is there, as a webhook would be.
    static let otherMethod = Webhook(
        answer: { _, _, respond in respond(WebhookReply(status: .methodNotAllowed, headers: [("allow", "POST")])) },
        refuseTooLarge: { _ in WebhookReply(status: .payloadTooLarge) }
    )
}

extension String {
    /// A new request's: twelve hexadecimal digits, at random. Not the client's own, which could be another request's.
    static func requestID() -> String {
        let digits = String(UInt64.random(in: 0..<1 << 48), radix: 16)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }
}

/// The webhooks by their paths.
struct WebhookRoutes: Sendable {
    private let webhooks: [String: Webhook]

    /// - Parameter webhooks: by path, beginning with a slash.
    init(_ webhooks: [String: Webhook]) { self.webhooks = webhooks }

    /// What each may answer, for what is counted from the start.
    var statuses: [String: [UInt]] { webhooks.mapValues { _ in [200, 400, 401, 405, 413, 500, 503] } }

    /// Nil if a request is not for a webhook.
    func webhook(_ head: HTTPRequestHead) -> Webhook? {
        guard !webhooks.isEmpty, let webhook = webhooks[head.uri] ?? webhooks[RequestPath.of(head.uri)] else {
            return nil
        }
        return head.method == .POST ? webhook : .otherMethod
    }
}
