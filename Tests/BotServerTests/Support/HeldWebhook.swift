import ChatKit
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1

@testable import BotServer

/// A webhook that is answered when the test says so, and keeps what it was asked.
final class HeldWebhook: Sendable {
    private struct State {
        var requests: [WebhookRequest] = []
        var refused: [String] = []
        var waiting: [Webhook.Respond] = []
    }

    private let state = NIOLockedValueBox(State())

    var requests: [WebhookRequest] { state.withLockedValue(\.requests) }
    /// The ids of requests whose body was too large.
    var refused: [String] { state.withLockedValue(\.refused) }

    var webhook: Webhook {
        Webhook(
            answer: { request, _, respond in
                self.state.withLockedValue {
                    $0.requests.append(request)
                    $0.waiting.append(respond)
                }
            },
            refuseTooLarge: { id in
                self.state.withLockedValue { $0.refused.append(id) }
                return WebhookReply(status: .payloadTooLarge)
            }
        )
    }

    /// Answers the request that has waited longest.
    func respond(_ text: String = "") {
        let respond = state.withLockedValue { $0.waiting.removeFirst() }
        respond(WebhookReply(status: .ok, headers: [("content-type", "text/plain")], body: Array(text.utf8)))
    }
}

extension Webhook {
    /// One that is posted, as nearly all are.
    init(
        path: String = "/",
        answer: @escaping @Sendable (WebhookRequest, any EventLoop, @escaping Respond) -> Void,
        refuseTooLarge: @escaping @Sendable (String) -> WebhookReply
    ) {
        self.init(path: WebhookPath(path), methods: ["POST"], answer: answer, refuseTooLarge: refuseTooLarge)
    }
}

extension WebhookRoutes {
    /// Webhooks at these paths, whatever their own.
    init(_ webhooks: [String: Webhook]) {
        self.init(
            webhooks.map { path, webhook in
                Webhook(path: path, answer: webhook.answer, refuseTooLarge: webhook.refuseTooLarge)
            }
        )
    }
}
