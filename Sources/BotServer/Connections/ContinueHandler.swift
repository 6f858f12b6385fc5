import NIOCore
import NIOHTTP1

/// A handler that answers `Expect: 100-continue`: the client waits for that before it sends the body, and some for a whole
/// second. A body that will be refused for its length is not asked for.
final class ContinueHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data), isAwaited(head) {
            let goOn = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
        }
        context.fireChannelRead(data)
    }

    private func isAwaited(_ head: HTTPRequestHead) -> Bool {
        guard head.headers[canonicalForm: "expect"].contains(where: { $0.lowercased() == "100-continue" }) else {
            return false
        }
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        return length <= WebhookMiddleware.largestBody
    }
}
