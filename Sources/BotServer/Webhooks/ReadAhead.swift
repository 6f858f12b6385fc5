import NIOCore
import NIOHTTP1

/// A handler that goes on reading while a connection's only request, which came in whole, is being answered.
///
/// NIO's pipelining assistance stops reading then, so that nobody fills its memory with requests that wait; but to stop and
/// begin again takes two calls of the system for each request, and nearly every client waits for its answer. In front of it,
/// this one reads on until the next request begins. Never within a request: whoever takes in its body says when it wants more.
final class ReadAhead: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Requests that have begun to come in, less those that are answered.
    private var open = 0
    /// Whether the last of them has come in whole.
    private var isWhole = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            open += 1
            isWhole = false
        case .body: break
        case .end: isWhole = true
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { open -= 1 }
        context.write(data, promise: promise)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if open == 1, isWhole { context.read() }
    }
}
