import ChatKit
import NIOCore
import NIOHTTP1

/// Answers what comes in at one path.
struct Webhook: Sendable {
    /// A closure that hears the reply, once, on the connection's event loop.
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
