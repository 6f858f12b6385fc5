import BotCore
import ChatKit
import Metrics
import NIOCore
import NIOHTTP1

/// Counts the answers of one connection, whoever gives them. Behind the pipelining assistance, so one request at a time.
final class RequestCount: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let metrics: RequestMetrics
    private var route: String?

    init(metrics: RequestMetrics) { self.metrics = metrics }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) { route = metrics.route(of: head.uri) }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .head(let head) = unwrapOutboundIn(data), head.status.code >= 200, context.channel.isActive {
            metrics.count(route, head.status.code)
            route = nil
        }
        context.write(data, promise: promise)
    }
}
