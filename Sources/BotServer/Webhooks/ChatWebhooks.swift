import BotCore
import BotEngine
import ChatKit
import CrashPoints
import Hummingbird
import Logging
import NIOCore

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
                answer: { await self.answer($0, webhook) },
                refuseTooLarge: { self.tooLarge(webhook, $0) }
            )
        }
    }

    private func answer(_ request: WebhookRequest, _ webhook: ChatWebhook) async -> Response {
        let (id, start, deadline) = (request.id, request.startedAt, request.startedAt + door.answerWithin)
        let meaning = webhook.meaning(
            WebhookDelivery(
                method: request.method.rawValue,
                parameters: request.parameters,
                query: request.query,
                headers: request.headers.map { ($0.name.rawName, $0.value) },
                body: request.body,
                request: id
            )
        )
        CrashPoint.deliveryVerified.pass()
        switch meaning {
        case .answer(let answer):
            return reply(answer, webhook, id)
        case .command(let command):
            skew.saw(clock.now - command.typedAt)
            guard !readiness.isDraining else { return unavailable("draining") }
            do {
                let answer = try await intake.handle(command, deadline: deadline)
                taken("command", since: start)
                guard let message = answer.message else { return reply(200, nil, []) }
                let body = door.reply(message, to: command, isPrivate: answer.isPrivate)
                return reply(200, WebhookAnswer.json, body)
            } catch {
                return notTaken(error, id)
            }
        case .click(let click):
            skew.saw(clock.now - click.clickedAt)
            guard !readiness.isDraining else { return unavailable("draining") }
            do {
                try await intake.handle(click, deadline: deadline)
                taken("click", since: start)
                return reply(200, nil, [])
            } catch {
                return notTaken(error, id)
            }
        }
    }

    /// What is answered without the engine.
    private func reply(_ answer: WebhookAnswer, _ webhook: ChatWebhook, _ id: String) -> Response {
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

    /// The engine took a delivery.
    private func taken(_ kind: String, since start: Duration) {
        metrics.count(kind)
        metrics.answered(after: clock.uptime - start)
    }

    /// What is answered when the engine did not take a delivery.
    private func notTaken(_ error: any Error, _ id: String) -> Response {
        if let error = error as? StoreError, error.code == .outcomeUnknown {
            // 503 would say that it is certainly not stored.
            logger.error("webhook perhaps not stored", metadata: facts(id, error))
            metrics.count("perhaps_stored")
            return Response(status: .internalServerError)
        }
        logger.error("webhook not stored", metadata: facts(id, error))
        return unavailable("not_stored")
    }

    private func facts(_ id: String, _ error: any Error) -> Logger.Metadata {
        ["platform": "\(door.platform)", "request": "\(id)", "error": "\(error)"]
    }

    private func tooLarge(_ webhook: ChatWebhook, _ id: String) -> Response {
        rejected("too large", "too large", webhook, id)
        metrics.count("too_large")
        return Response(status: .contentTooLarge)
    }

    /// Certainly not stored: the sender may try again.
    private func unavailable(_ outcome: String) -> Response {
        metrics.count(outcome)
        return Response(status: .serviceUnavailable, headers: [.retryAfter: "1"])
    }

    private func reply(_ status: Int, _ contentType: String?, _ body: [UInt8]) -> Response {
        Response(
            status: .init(code: status),
            headers: contentType.map { [.contentType: $0] } ?? [:],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}
