import ChatKit
import Hummingbird
import NIOConcurrencyHelpers
import TestSupport

@testable import BotServer

/// A webhook that is answered when the test says so, and keeps what it was asked.
final class HeldWebhook: Sendable {
    private let waiting = EventWaiter<[CheckedContinuation<Response, Never>]>([])
    private let asked = NIOLockedValueBox<[WebhookRequest]>([])
    private let tooLarge = NIOLockedValueBox<[String]>([])

    var requests: [WebhookRequest] { asked.withLockedValue(\.self) }
    /// The ids of requests whose body was too large.
    var refused: [String] { tooLarge.withLockedValue(\.self) }

    var webhook: Webhook {
        Webhook(
            answer: { request in
                self.asked.withLockedValue { $0.append(request) }
                return await withCheckedContinuation { one in self.waiting.update { $0.append(one) } }
            },
            refuseTooLarge: { id in
                self.tooLarge.withLockedValue { $0.append(id) }
                return Response(status: .contentTooLarge)
            }
        )
    }

    /// Waits for a request, if none waits yet, and answers the one that has waited longest.
    func respond(_ text: String = "") async throws {
        try await asks()
        let first = waiting.update { $0.removeFirst() }
        first.resume(
            returning: Response(
                status: .ok,
                headers: [.contentType: "text/plain"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text))
            )
        )
    }

    /// Waits until a request waits for its answer.
    func asks() async throws { try await waiting.wait(for: "a request") { !$0.isEmpty } }
}

extension Webhook {
    /// One that is posted, as nearly all are.
    init(
        path: String = "/",
        answer: @escaping @Sendable (WebhookRequest) async -> Response,
        refuseTooLarge: @escaping @Sendable (String) -> Response = { _ in Response(status: .contentTooLarge) }
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
