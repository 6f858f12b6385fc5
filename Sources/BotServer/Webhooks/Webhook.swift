import ChatKit
import NIOCore
import NIOHTTP1

/// A platform's request, complete.
struct WebhookRequest: Sendable {
    /// Names it on all log lines that come of it.
    let id: String
    let method: HTTPMethod
    /// The parts of its path that the webhook leaves open.
    let parameters: [String: String]
    /// What stands behind the `?`.
    let query: String
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

/// Answers what comes in at one path.
struct Webhook: Sendable {
    /// Hears the reply, once, on the connection's event loop.
    typealias Respond = @Sendable (WebhookReply) -> Void

    let path: WebhookPath
    /// In capitals.
    let methods: Set<String>
    /// Called on a connection's event loop, so that it must not block.
    let answer: @Sendable (WebhookRequest, any EventLoop, @escaping Respond) -> Void
    /// The answer to a request whose body is too large; told the request's id.
    let refuseTooLarge: @Sendable (String) -> WebhookReply
}

extension Webhook {
    /// The same path for a method that it does not take: answered when the request is there, as a webhook would be.
    var forOtherMethods: Webhook {
        let allowed = methods.sorted().joined(separator: ", ")
        return Webhook(
            path: path,
            methods: methods,
            answer: { _, _, respond in respond(WebhookReply(status: .methodNotAllowed, headers: [("allow", allowed)]))
            },
            refuseTooLarge: { _ in WebhookReply(status: .payloadTooLarge) }
        )
    }
}

extension String {
    /// A new request's: twelve hexadecimal digits, at random. Not the client's own, which could be another request's.
    static func requestID() -> String {
        let digits = String(UInt64.random(in: 0..<1 << 48), radix: 16)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }
}
