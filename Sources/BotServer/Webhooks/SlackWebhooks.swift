import BotChat
import BotCore
import BotEngine
import CrashPoints
import Logging
import NIOCore
import NIOHTTP1

/// The door for Slack: asks what a request means, hands it to the engine and answers in time.
final class SlackWebhooks: Sendable {
    private let receiver: SlackReceiver
    private let intake: Intake
    private let readiness: Readiness
    private let clock: any BotClock
    private let logger: Logger
    private let metrics = WebhookMetrics(platform: "slack")

    /// Slack waits 3 s for an answer. What is not stored by then is withdrawn and answered with 503.
    static let answerWithin = Duration.milliseconds(2500)

    init(receiver: SlackReceiver, intake: Intake, readiness: Readiness, clock: any BotClock, logger: Logger) {
        self.receiver = receiver
        self.intake = intake
        self.readiness = readiness
        self.clock = clock
        self.logger = logger
    }

    /// By path.
    var routes: [String: Webhook] {
        let webhooks = SlackEndpoint.allCases.map { endpoint in
            (
                "/slack/\(endpoint.rawValue)",
                Webhook(answer: { self.answer($0, endpoint, $1, $2) }, refuseTooLarge: { self.tooLarge })
            )
        }
        return Dictionary(uniqueKeysWithValues: webhooks)
    }

    private func answer(
        _ request: WebhookRequest,
        _ endpoint: SlackEndpoint,
        _ loop: any EventLoop,
        _ respond: @escaping Webhook.Respond
    ) {
        let meaning = receiver.receive(endpoint, headers: Array(request.headers), body: request.body)
        CrashPoint.deliveryVerified.pass()
        guard !readiness.isDraining else { return respond(unavailable("draining")) }
        let (start, deadline) = (request.startedAt, request.startedAt + Self.answerWithin)
        switch meaning {
        case .answer(let answer):
            metrics.count(answer.outcome)
            respond(reply(answer.status, answer.contentType, answer.body))
        case .command(let command):
            let renderer = SlackRenderer(workspace: command.channel.workspace)
            intake.handle(command, deadline: deadline) { taken in
                // The thread that answers after a commit has others to answer.
                loop.execute {
                    let answer = self.reply(taken, "command", since: start) { answer in
                        guard let message = answer.message else { return self.reply(200, nil, []) }
                        return self.reply(
                            200,
                            WebhookAnswer.json,
                            renderer.reply(message, isPrivate: answer.isPrivate)
                        )
                    }
                    respond(answer)
                }
            }
        case .click(let click):
            intake.handle(click, deadline: deadline) { taken in
                loop.execute { respond(self.reply(taken, "click", since: start) { self.reply(200, nil, []) }) }
            }
        }
    }

    /// What is answered when the engine took a delivery, or did not.
    private func reply<Answer>(
        _ taken: Result<Answer, any Error>,
        _ kind: String,
        since start: Duration,
        _ render: (Answer) -> WebhookReply
    ) -> WebhookReply {
        switch taken {
        case .success(let answer):
            metrics.count(kind)
            metrics.answered(after: clock.uptime - start)
            return render(answer)
        case .failure(let error as StoreError) where error.code == .outcomeUnknown:
            // 503 would say that it is certainly not stored.
            logger.error("webhook perhaps not stored", metadata: ["platform": "slack", "error": "\(error)"])
            metrics.count("perhaps_stored")
            return WebhookReply(status: .internalServerError)
        case .failure(let error):
            logger.error("webhook not stored", metadata: ["platform": "slack", "error": "\(error)"])
            return unavailable("not_stored")
        }
    }

    private var tooLarge: WebhookReply {
        metrics.count("too_large")
        return WebhookReply(status: .payloadTooLarge)
    }

    /// Certainly not stored: the sender may try again.
    private func unavailable(_ outcome: String) -> WebhookReply {
        metrics.count(outcome)
        return WebhookReply(status: .serviceUnavailable, headers: [("retry-after", "1")])
    }

    private func reply(_ status: Int, _ contentType: String?, _ body: [UInt8]) -> WebhookReply {
        WebhookReply(
            status: .init(statusCode: status),
            headers: contentType.map { [("content-type", $0)] } ?? [],
            body: body
        )
    }
}
