import BotCore
import CrashPoints
import Logging
import NIOCore
import NIOHTTP1

/// A handler that takes the webhooks out of a connection's requests and answers them. All other requests pass.
///
/// Behind NIO's pipelining assistance, so that the next request comes in when this one is answered.
final class WebhookHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// A webhook body is a few kilobytes; more is not from a platform.
    static let largestBody = 64 * 1024

    private struct Incoming {
        let head: HTTPRequestHead
        let match: WebhookRoutes.Match
        let id: String
        let startedAt: Duration
        var body: [UInt8] = []
    }

    private enum State {
        /// The parts that come in are not for a webhook.
        case passing
        case reading(Incoming)
        /// The request is complete; its answer is being made.
        case answering
        /// The request was answered before its end. It was the connection's last, and ``ConnectionEnds`` closes it.
        case refused
    }

    private var state = State.passing
    /// Whether the client has said its last word, and waits for the answer.
    private var isLast = false
    private var date: (second: Int, text: String) = (0, "")
    private let webhooks: WebhookRoutes
    private let clock: any BotClock
    private let logger: Logger

    init(webhooks: WebhookRoutes, clock: any BotClock, logger: Logger) {
        self.webhooks = webhooks
        self.clock = clock
        self.logger = logger
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if case .head(let head) = part {
            if let match = webhooks.match(head) {
                CrashPoint.webhookAccepted.pass()
                begin(Incoming(head: head, match: match, id: .requestID(), startedAt: clock.uptime), context)
                return
            }
            state = .passing
        }
        switch state {
        case .passing: context.fireChannelRead(data)
        case .reading(let incoming): read(part, of: incoming, context)
        case .answering, .refused: break
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Whoever hears this closes the connection.
        if case .answering = state, case .inputClosed? = event as? ChannelEvent {
            isLast = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func begin(_ incoming: Incoming, _ context: ChannelHandlerContext) {
        let headers = incoming.head.headers
        if let length = headers.first(name: "content-length").flatMap({ Int($0) }), length > Self.largestBody {
            return refuseTooLarge(incoming, context)
        }
        state = .reading(incoming)
        // The client waits for this before it sends the body, and some for a whole second.
        if headers[canonicalForm: "expect"].contains(where: { $0.lowercased() == "100-continue" }) {
            let goOn = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
        }
    }

    private func read(_ part: HTTPServerRequestPart, of incoming: consuming Incoming, _ context: ChannelHandlerContext)
    {
        // So that the body is nobody else's and grows in its place.
        state = .refused
        switch part {
        case .head: break
        case .body(let more):
            guard incoming.body.count + more.readableBytes <= Self.largestBody else {
                return refuseTooLarge(incoming, context)
            }
            incoming.body += more.readableBytesView
            state = .reading(incoming)
        case .end: answer(incoming, context)
        }
    }

    private func refuseTooLarge(_ incoming: Incoming, _ context: ChannelHandlerContext) {
        state = .refused
        let webhook = incoming.match.webhook
        _ = write(webhook.refuseTooLarge(incoming.id), to: incoming.head, of: webhook, id: incoming.id, context)
    }

    private func answer(_ incoming: Incoming, _ context: ChannelHandlerContext) {
        state = .answering
        let request = WebhookRequest(
            id: incoming.id,
            method: incoming.head.method,
            parameters: incoming.match.parameters,
            query: String(incoming.head.uri.drop { $0 != "?" }.dropFirst()),
            headers: incoming.head.headers,
            body: incoming.body,
            startedAt: incoming.startedAt
        )
        let here = NIOLoopBound(
            Here(
                handler: self,
                context: context,
                head: incoming.head,
                webhook: incoming.match.webhook,
                id: incoming.id
            ),
            eventLoop: context.eventLoop
        )
        // Requests that wait already would be answered each within the answer before, until the stack is used up.
        let isAtOnce = NIOLoopBoundBox(true, eventLoop: context.eventLoop)
        incoming.match.webhook.answer(request, context.eventLoop) { reply in
            guard isAtOnce.value else { return here.value.respond(reply) }
            here.eventLoop.execute { here.value.respond(reply) }
        }
        isAtOnce.value = false
    }

    /// The place of an answer that is being made.
    private struct Here {
        let handler: WebhookHandler
        let context: ChannelHandlerContext
        let head: HTTPRequestHead
        let webhook: Webhook
        let id: String

        func respond(_ reply: WebhookReply) {
            // The next request may come in while the end is being written.
            handler.state = .passing
            if let written = handler.write(reply, to: head, of: webhook, id: id, context) {
                handler.close(context, after: written)
            }
        }
    }

    private func close(_ context: ChannelHandlerContext, after written: EventLoopFuture<Void>) {
        written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }

    /// - Returns: when it is written, if the connection is to be closed then.
    private func write(
        _ reply: WebhookReply,
        to head: HTTPRequestHead,
        of webhook: Webhook,
        id: String,
        _ context: ChannelHandlerContext
    ) -> EventLoopFuture<Void>? {
        // Never the query, the body or the open parts of the path: all of them may hold secrets.
        logger.debug(
            "request",
            metadata: [
                "method": "\(head.method)", "path": "\(webhook.path)",
                "request": "\(id)", "status": .stringConvertible(reply.status.code),
            ]
        )
        var headers = HTTPHeaders()
        headers.reserveCapacity(reply.headers.count + 3)
        for header in reply.headers { headers.add(name: header.name, value: header.value) }
        headers.add(name: "content-length", value: "\(reply.body.count)")
        headers.add(name: "date", value: dateNow)
        let isLast = isLast || !head.isKeepAlive
        if isLast { headers.add(name: "connection", value: "close") }
        let answer = HTTPResponseHead(version: .http1_1, status: reply.status, headers: headers)
        context.write(wrapOutboundOut(.head(answer)), promise: nil)
        if !reply.body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil)
        }
        let written: EventLoopPromise<Void>? = isLast ? context.eventLoop.makePromise() : nil
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        return written?.futureResult
    }

    /// The head's date, as RFC 9110 asks of every server with a clock.
    private var dateNow: String {
        let now = clock.now
        if now.seconds != date.second { date = (now.seconds, now.httpDate) }
        return date.text
    }
}
