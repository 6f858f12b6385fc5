import BotChat
import BotCore
import BotEngine
import CrashPoints
import Logging
import Metrics
import NIOCore
import NIOHTTP1

/// The door for Slack: asks what a request means, hands it to the engine and answers in time.
struct SlackWebhooks: Sendable {
    let receiver: SlackReceiver
    let intake: Intake
    let readiness: Readiness
    let clock: any BotClock
    let logger: Logger

    /// Slack waits 3 s for an answer. What is not stored by then is withdrawn and answered with 503.
    static let answerWithin = Duration.milliseconds(2500)

    /// The only headers that matter to a receiver.
    private static let signatureHeaders = ["X-Slack-Signature", "X-Slack-Request-Timestamp"]

    /// By path.
    var routes: [String: Webhook] {
        let webhooks = SlackEndpoint.allCases.map { endpoint in
            (
                "/slack/\(endpoint.rawValue)",
                Webhook(answer: { answer($0, endpoint, $1) }, refuseTooLarge: { tooLarge })
            )
        }
        return Dictionary(uniqueKeysWithValues: webhooks)
    }

    private func answer(
        _ request: WebhookRequest,
        _ endpoint: SlackEndpoint,
        _ loop: any EventLoop
    ) -> EventLoopFuture<WebhookReply> {
        // Each as often as it is there.
        let headers = Self.signatureHeaders.flatMap { name in
            request.headers[name].map { (name: name, value: $0) }
        }
        let meaning = receiver.receive(endpoint, headers: headers, body: request.body)
        CrashPoint.deliveryVerified.pass()
        guard !readiness.isDraining else { return loop.makeSucceededFuture(unavailable("draining")) }
        let deadline = request.startedAt + Self.answerWithin
        switch meaning {
        case .answer(let answer):
            count(answer.outcome)
            return loop.makeSucceededFuture(reply(answer.status, answer.contentType, answer.body))
        case .command(let command):
            let taken = loop.makePromise(of: Reply.self)
            intake.handle(command, deadline: deadline) { taken.completeWith($0) }
            return reply(taken, "command", since: request.startedAt) { answer in
                let renderer = SlackRenderer(workspace: command.channel.workspace)
                return reply(200, WebhookAnswer.json, renderer.reply(answer.message, isPrivate: answer.isPrivate))
            }
        case .click(let click):
            let taken = loop.makePromise(of: Void.self)
            intake.handle(click, deadline: deadline) { taken.completeWith($0) }
            return reply(taken, "click", since: request.startedAt) { reply(200, nil, []) }
        }
    }

    /// What is answered when the engine took a delivery, or did not.
    private func reply<Answer: Sendable>(
        _ taken: EventLoopPromise<Answer>,
        _ kind: String,
        since start: Duration,
        _ render: @escaping @Sendable (Answer) -> WebhookReply
    ) -> EventLoopFuture<WebhookReply> {
        taken.futureResult.map { answer in
            count(kind)
            Recorder(label: "clusterbot_ack_seconds", aggregate: true).record((clock.uptime - start).inSeconds)
            return render(answer)
        }.flatMapErrorThrowing { error in
            if let error = error as? StoreError, error.code == .outcomeUnknown {
                // 503 would say that it is certainly not stored.
                logger.error("webhook perhaps not stored", metadata: ["platform": "slack", "error": "\(error)"])
                count("perhaps_stored")
                return WebhookReply(status: .internalServerError)
            }
            logger.error("webhook not stored", metadata: ["platform": "slack", "error": "\(error)"])
            return unavailable("not_stored")
        }
    }

    private var tooLarge: WebhookReply {
        count("too_large")
        return WebhookReply(status: .payloadTooLarge)
    }

    /// Certainly not stored: the sender may try again.
    private func unavailable(_ outcome: String) -> WebhookReply {
        count(outcome)
        return WebhookReply(status: .serviceUnavailable, headers: [("retry-after", "1")])
    }

    private func reply(_ status: Int, _ contentType: String?, _ body: [UInt8]) -> WebhookReply {
        WebhookReply(
            status: .init(statusCode: status),
            headers: contentType.map { [("content-type", $0)] } ?? [],
            body: body
        )
    }

    private func count(_ outcome: String) {
        Counter(label: "clusterbot_webhooks_total", dimensions: [("platform", "slack"), ("outcome", outcome)])
            .increment()
    }
}
