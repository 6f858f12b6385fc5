import ChatKit
import Hummingbird

/// Answers what comes in at one path.
struct Webhook: Sendable {
    let path: WebhookPath
    /// In capitals.
    let methods: Set<String>
    let answer: @Sendable (WebhookRequest) async -> Response
    /// The answer to a request whose body is too large; told the request's id.
    let refuseTooLarge: @Sendable (String) -> Response
}

extension Webhook {
    /// The same path for a method that it does not take: answered when the request is there, as a webhook would be.
    var forOtherMethods: Webhook {
        let allowed = methods.sorted().joined(separator: ", ")
        return Webhook(
            path: path,
            methods: methods,
            answer: { _ in Response(status: .methodNotAllowed, headers: [.allow: allowed]) },
            refuseTooLarge: { _ in Response(status: .contentTooLarge) }
        )
    }
}
