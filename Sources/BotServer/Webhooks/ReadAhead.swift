import NIOCore
import NIOHTTP1

/// Goes on reading while a connection's only request is being answered.
///
/// NIO's pipelining assistance stops reading then, so that nobody fills its memory with requests that wait; but to stop and
/// begin again takes two calls of the system for each request, and nearly every client waits for its answer. In front of it,
/// this one reads on until a second request has begun to wait.
final class ReadAhead: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Requests that have begun to come in, less those that are answered.
    private var open = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { open += 1 }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { open -= 1 }
        context.write(data, promise: promise)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if open == 1 { context.read() }
    }
}
