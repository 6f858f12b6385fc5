import BotChat
import BotCore
import BotEngine
import CrashPoints
import HTTPTypes
import Hummingbird
import Logging
import Metrics

/// The door for Slack: reads the body up to its cap, asks what it means, hands it to the engine and answers in time.
struct SlackWebhooks: Sendable {
    let receiver: SlackReceiver
    let intake: Intake
    let readiness: Readiness
    let clock: any BotClock

    /// A webhook body is a few kilobytes; more is not from Slack.
    static let largestBody = 64 * 1024
    /// Slack waits 3 s for an answer. What is not stored by then is withdrawn and answered with 503.
    static let answerWithin = Duration.milliseconds(2500)

    /// The only headers that matter to a receiver, and each as often as it is there.
    private static let signatureHeaders = ["x-slack-signature", "x-slack-request-timestamp"].compactMap {
        HTTPField.Name($0)
    }

    func add(to router: Router<BasicRequestContext>) {
        for endpoint in SlackEndpoint.allCases {
            router.post("/slack/\(endpoint.rawValue)") { request, context in
                try await answer(request, endpoint, context.logger)
            }
        }
    }

    private func answer(_ request: Request, _ endpoint: SlackEndpoint, _ logger: Logger) async throws -> Response {
        let start = clock.uptime
        CrashPoint.webhookAccepted.pass()
        var request = request
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: Self.largestBody)
        } catch let error as any HTTPResponseError {
            count("too_large")
            throw error
        }
        let headers = request.headers.lazy.filter { Self.signatureHeaders.contains($0.name) }
            .map { (name: $0.name.rawName, value: $0.value) }
        let meaning = receiver.receive(endpoint, headers: Array(headers), body: Array(body.readableBytesView))
        CrashPoint.deliveryVerified.pass()
        guard !readiness.isDraining else { return unavailable("draining") }
        do {
            switch meaning {
            case .answer(let answer):
                count(answer.outcome)
                return response(answer.status, answer.contentType, answer.body)
            case .command(let command):
                let reply = try await intake.handle(command, deadline: start + Self.answerWithin)
                count("command")
                measure(start)
                let renderer = SlackRenderer(workspace: command.channel.workspace)
                return response(200, WebhookAnswer.json, renderer.reply(reply.message, isPrivate: reply.isPrivate))
            case .click(let click):
                try await intake.handle(click, deadline: start + Self.answerWithin)
                count("click")
                measure(start)
                return response(200, nil, [])
            }
        } catch let error as StoreError where error.code == .outcomeUnknown {
            // 503 would say that it is certainly not stored.
            logger.error("webhook perhaps not stored", metadata: ["platform": "slack", "error": "\(error)"])
            count("perhaps_stored")
            return Response(status: .internalServerError)
        } catch {
            logger.error("webhook not stored", metadata: ["platform": "slack", "error": "\(error)"])
            return unavailable("not_stored")
        }
    }

    /// Certainly not stored: the sender may try again.
    private func unavailable(_ outcome: String) -> Response {
        count(outcome)
        return Response(status: .serviceUnavailable, headers: [.retryAfter: "1"])
    }

    private func response(_ status: Int, _ contentType: String?, _ body: [UInt8]) -> Response {
        var headers = HTTPFields()
        if let contentType { headers[.contentType] = contentType }
        return Response(
            status: HTTPResponse.Status(code: status),
            headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: body))
        )
    }

    private func count(_ outcome: String) {
        Counter(label: "clusterbot_webhooks_total", dimensions: [("platform", "slack"), ("outcome", outcome)])
            .increment()
    }

    private func measure(_ start: Duration) {
        Recorder(label: "clusterbot_ack_seconds", aggregate: true).record((clock.uptime - start).inSeconds)
    }
}
