import BotCore
import BotEngine
import ChatKit
import CrashPoints
import Logging
import NIOCore
import NIOHTTP1
import SlackChat

/// The door for Slack: asks what a request means, hands it to the engine and answers in time.
final class SlackWebhooks: Sendable {
    private let receiver: SlackReceiver
    private let intake: Intake
    private let readiness: Readiness
    private let clock: any BotClock
    private let logger: Logger
    private let clicks: ClickAnswers
    private let skew: ClockSkew
    private let rejections: SparseLog
    private let metrics = WebhookMetrics(
        platform: "slack",
        outcomes: WebhookOutcome.slack.map(\.rawValue)
            + ["command", "click", "draining", "not_stored", "perhaps_stored", "too_large"]
    )

    /// Slack waits 3 s for an answer. What is not stored by then is withdrawn and answered with 503.
    static let answerWithin = Duration.milliseconds(2500)

    /// At most one line in this time for each reason of a rejection.
    private static let pauseBetweenLines = Duration.seconds(1)

    init(door: SlackDoor, intake: Intake, readiness: Readiness, clock: any BotClock, logger: Logger) {
        receiver = door.receiver
        clicks = ClickAnswers(clicks: door.clicks, clock: clock, logger: logger)
        skew = ClockSkew(platform: "slack", clock: clock, logger: logger)
        rejections = SparseLog(logger: logger, clock: clock, pause: Self.pauseBetweenLines)
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
                Webhook(answer: { self.answer($0, endpoint, $1, $2) }, refuseTooLarge: { self.tooLarge(endpoint, $0) })
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
        let (id, start, deadline) = (request.id, request.startedAt, request.startedAt + Self.answerWithin)
        let meaning = receiver.receive(endpoint, headers: Array(request.headers), body: request.body, request: id)
        CrashPoint.deliveryVerified.pass()
        switch meaning {
        case .answer(let answer):
            respond(reply(answer, endpoint, id))
        case .command(let command):
            skew.saw(clock.now - command.typedAt)
            guard !readiness.isDraining else { return respond(unavailable("draining")) }
            let renderer = SlackRenderer(workspace: command.channel.workspace)
            intake.handle(command, deadline: deadline) { taken in
                // The thread that answers after a commit has others to answer.
                loop.execute {
                    let answer = self.reply(taken, "command", id, since: start) { answer in
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
            skew.saw(clock.now - click.clickedAt)
            guard !readiness.isDraining else { return respond(unavailable("draining")) }
            intake.handle(click, deadline: deadline) { taken in
                loop.execute { respond(self.reply(taken, "click", id, since: start) { self.reply(200, nil, []) }) }
            }
        }
    }

    /// What is answered without the engine.
    private func reply(_ answer: WebhookAnswer, _ endpoint: SlackEndpoint, _ id: String) -> WebhookReply {
        metrics.count(answer.outcome.rawValue)
        if let refusal = answer.refusal { rejected(refusal.kind, refusal.reason, endpoint, id) }
        if case .clockDiffers(let difference) = answer.refusal { skew.saw(difference) }
        if let told = answer.told { clicks.tell(told, id) }
        return reply(answer.status, answer.contentType, answer.body)
    }

    /// - Parameter kind: what is counted together where there are too many for a line each.
    private func rejected(_ kind: String, _ reason: String, _ endpoint: SlackEndpoint, _ id: String) {
        rejections.warning(
            "webhook rejected",
            reason: kind,
            [
                "platform": "slack", "endpoint": "\(endpoint.rawValue)", "reason": "\(reason)", "request": "\(id)",
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
        ["platform": "slack", "request": "\(id)", "error": "\(error)"]
    }

    private func tooLarge(_ endpoint: SlackEndpoint, _ id: String) -> WebhookReply {
        rejected("too large", "too large", endpoint, id)
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
