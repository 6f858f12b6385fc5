import ChatKit
import Hummingbird

/// The webhooks by their paths.
struct WebhookRoutes: Sendable {
    /// A webhook, with what the path of a request says beyond its own.
    struct Match: Sendable {
        let webhook: Webhook
        let parameters: [String: String]
    }

    private let exact: [String: Webhook]
    private let open: [Webhook]

    /// - Parameter webhooks: no two with the same path.
    init(_ webhooks: [Webhook]) {
        exact = Dictionary(
            webhooks.filter(\.path.isExact).map { ($0.path.description, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        open = webhooks.filter { !$0.path.isExact }
    }

    /// What each may answer, for what is counted from the start.
    var statuses: [String: [UInt]] {
        let statuses: [UInt] = [200, 400, 401, 405, 413, 500, 503]
        return Dictionary(
            (Array(exact.values) + open).map { ($0.path.description, statuses) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Nil if a request is not for a webhook.
    func match(_ head: HTTPRequest) -> Match? {
        guard let found = match(uri: head.path ?? "") else { return nil }
        guard !found.webhook.methods.contains(head.method.rawValue) else { return found }
        return Match(webhook: found.webhook.forOtherMethods, parameters: found.parameters)
    }

    /// The same whatever the method.
    func match(uri: String) -> Match? {
        if exact.isEmpty, open.isEmpty { return nil }
        if let webhook = exact[uri] { return Match(webhook: webhook, parameters: [:]) }
        let path = RequestPath.of(uri)
        if let webhook = exact[path] { return Match(webhook: webhook, parameters: [:]) }
        for webhook in open {
            if let parameters = webhook.path.parameters(in: path) {
                return Match(webhook: webhook, parameters: parameters)
            }
        }
        return nil
    }
}
