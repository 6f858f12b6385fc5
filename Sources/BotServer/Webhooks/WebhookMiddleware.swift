import BotCore
import CrashPoints
import Hummingbird
import Logging

/// A middleware that answers webhooks. All other requests go on to the routes.
///
/// It is the first, so that nothing behind it logs a path in which there may be a secret.
struct WebhookMiddleware: RouterMiddleware {
    typealias Context = BasicRequestContext

    /// A webhook body is a few kilobytes; more is not from a platform.
    static let largestBody = 64 * 1024

    let webhooks: WebhookRoutes
    let clock: any BotClock
    let logger: Logger

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let match = webhooks.match(request.head) else { return try await next(request, context) }
        CrashPoint.webhookAccepted.pass()
        let (webhook, id, startedAt) = (match.webhook, String.requestID(), clock.uptime)
        var response: Response
        if let body = try await Self.body(of: request) {
            let whole = WebhookRequest(
                id: id,
                method: request.method,
                parameters: match.parameters,
                query: request.uri.query ?? "",
                headers: request.headers,
                body: body,
                startedAt: startedAt
            )
            response = await webhook.answer(whole)
        } else {
            // Nobody reads on only to come to the next request.
            response = webhook.refuseTooLarge(id)
            response.headers[.connection] = "close"
        }
        // Never the query, the body or the open parts of the path: all of them may hold secrets.
        logger.debug(
            "request",
            metadata: [
                "method": "\(request.method)", "path": "\(webhook.path)",
                "request": "\(id)", "status": .stringConvertible(response.status.code),
            ]
        )
        return response
    }

    /// Collects the body; nil if it is too large. By its head alone where that says so: then nothing of it is read.
    private static func body(of request: Request) async throws -> [UInt8]? {
        if request.head.announcesMore(than: largestBody) { return nil }
        var body: [UInt8] = []
        for try await part in request.body {
            guard body.count + part.readableBytes <= largestBody else { return nil }
            body += part.readableBytesView
        }
        return body
    }
}

extension HTTPRequest {
    /// Whether the head says that the body has more bytes than these.
    func announcesMore(than bytes: Int) -> Bool {
        headerFields[.contentLength].flatMap { Int($0) }.map { $0 > bytes } ?? false
    }
}
