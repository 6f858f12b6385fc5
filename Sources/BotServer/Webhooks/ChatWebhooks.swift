import BotCore
import BotEngine
import ChatKit
import CrashPoints
import Logging
import NIOCore
import NIOHTTP1

/// The webhooks of one platform: asks its door what a request means, hands it to the engine and answers in time.
final class ChatWebhooks: Sendable {
    private let door: any ChatDoor
    private let intake: Intake
    private let readiness: Readiness
    private let clock: any BotClock
    private let logger: Logger
    private let clicks: ClickAnswers
    private let skew: ClockSkew
    private let rejections: SparseLog
    private let metrics: WebhookMetrics

    /// What a webhook comes to that is not answered by the door alone.
    private static let outcomes = ["command", "click", "draining", "not_stored", "perhaps_stored", "too_large"]

    /// At most one line in this time for each reason of a rejection.
    private static let pauseBetweenLines = Duration.seconds(1)

    init(door: any ChatDoor, intake: Intake, readiness: Readiness, clock: any BotClock, logger: Logger) {
        self.door = door
        metrics = WebhookMetrics(
            platform: door.platform,
            outcomes: door.outcomes.map(\.rawValue) + Self.outcomes
        )
        clicks = ClickAnswers(door: door, clock: clock, logger: logger)
        skew = ClockSkew(platform: door.platform, clock: clock, logger: logger)
        rejections = SparseLog(logger: logger, clock: clock, pause: Self.pauseBetweenLines)
        self.intake = intake
        self.readiness = readiness
        self.clock = clock
        self.logger = logger
    }

    var webhooks: [Webhook] {
        door.webhooks.map { webhook in
            Webhook(
                path: webhook.path,
                methods: webhook.methods,
                answer: { self.answer($0, webhook, $1, $2) },
                refuseTooLarge: { self.tooLarge(webhook, $0) }
            )
        }
    }

    private func answer(
        _ request: WebhookRequest,
        _ webhook: ChatWebhook,
        _ loop: any EventLoop,
        _ respond: @escaping Webhook.Respond
    ) {
        let (id, start, deadline) = (request.id, request.startedAt, request.startedAt + door.answerWithin)
        let meaning = webhook.meaning(
            WebhookDelivery(
                method: request.method.rawValue,
                parameters: request.parameters,
                query: request.query,
                headers: Array(request.headers),
                body: request.body,
                request: id
            )
        )
        CrashPoint.deliveryVerified.pass()
        switch meaning {
        case .answer(let answer):
            respond(reply(answer, webhook, id))
        case .command(let command):
            skew.saw(clock.now - command.typedAt)
            guard !readiness.isDraining else { return respond(unavailable("draining")) }
            intake.handle(command, deadline: deadline) { taken in
                // The thread that answers after a commit has others to answer.
                loop.execute {
                    let answer = self.reply(taken, "command", id, since: start) { answer in
                        guard let message = answer.message else { return self.reply(200, nil, []) }
                        return self.reply(
                            200,
                            WebhookAnswer.json,
                            self.door.reply(message, to: command, isPrivate: answer.isPrivate)
                        )
                    }
                    respond(answer)
                }
            }
        case .click(let click):
            skew.saw(clock.now - click.clickedAt)
            guard !readiness.isDraining else { return respond(unavailable("draining")) }
            intake.handle(click, deadline: deadline) { taken in
                loop.execute { respond(self.reply(taken, "click", id, since: start) { self.reply(200, nil, []) }) }
            }
        }
    }

    /// What is answered without the engine.
    private func reply(_ answer: WebhookAnswer, _ webhook: ChatWebhook, _ id: String) -> WebhookReply {
        metrics.count(answer.outcome.rawValue)
        if let refusal = answer.refusal { rejected(refusal.kind, refusal.reason, webhook, id) }
        if case .clockDiffers(let difference) = answer.refusal { skew.saw(difference) }
        if let told = answer.told { clicks.tell(told, id) }
        return reply(answer.status, answer.contentType, answer.body)
    }

    /// - Parameter kind: what is counted together where there are too many for a line each.
    private func rejected(_ kind: String, _ reason: String, _ webhook: ChatWebhook, _ id: String) {
        rejections.warning(
            "webhook rejected",
            reason: kind,
            [
                "platform": "\(door.platform)", "endpoint": "\(webhook.name)", "reason": "\(reason)",
                "request": "\(id)",
            ]
        )
    }

    /// What is answered when the engine took a delivery, or did not.
    private func reply<Answer>(
        _ taken: Result<Answer, any Error>,
        _ kind: String,
        _ id: String,
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
            logger.error("webhook perhaps not stored", metadata: facts(id, error))
            metrics.count("perhaps_stored")
            return WebhookReply(status: .internalServerError)
        case .failure(let error):
            logger.error("webhook not stored", metadata: facts(id, error))
            return unavailable("not_stored")
        }
    }

    private func facts(_ id: String, _ error: any Error) -> Logger.Metadata {
        ["platform": "\(door.platform)", "request": "\(id)", "error": "\(error)"]
    }

    private func tooLarge(_ webhook: ChatWebhook, _ id: String) -> WebhookReply {
        rejected("too large", "too large", webhook, id)
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
