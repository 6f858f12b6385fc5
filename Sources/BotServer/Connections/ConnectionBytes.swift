import NIOCore

/// Stands in front of the HTTP decoder: tells ``ConnectionEnds`` of bytes of a head, reads nothing for a peer that does not read
/// its answers, and throws away what comes in after the last of them.
final class ConnectionBytes: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = Any
    typealias OutboundOut = Any

    /// Some of what was on its way when the last answer was given: enough for a body that is a little too large.
    static let longestLinger = 256 * 1024

    private let ends: ConnectionEnds
    /// Bytes that were thrown away.
    private var dropped = 0
    private var isReadHeldBack = false

    init(ends: ConnectionEnds) { self.ends = ends }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        // The last byte comes alone: only so it is seen whether it belongs to a request or is behind its end. The decoder does
        // not tell what it keeps of a next one.
        if bytes.readableBytes > 1, let front = bytes.readSlice(length: bytes.readableBytes - 1) {
            pass(front, context)
        }
        pass(bytes, context)
    }

    private func pass(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        guard !ends.isLingering, !ends.isBroken else { return dropped += bytes.readableBytes }
        ends.bytesCame(at: context.eventLoop.now)
        context.fireChannelRead(wrapInboundOut(bytes))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        // Beyond that nothing is read; what the peer can still do is to read our answer until the time is over.
        if ends.isLingering, dropped < Self.longestLinger { context.read() }
    }

    /// Reads on, unless answers wait to be read: more requests would only fill the memory with more of them.
    func read(context: ChannelHandlerContext) {
        if ends.isLingering, dropped >= Self.longestLinger { return }
        guard context.channel.isWritable else { return isReadHeldBack = true }
        context.read()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, isReadHeldBack {
            isReadHeldBack = false
            context.read()
        }
        context.fireChannelWritabilityChanged()
    }
}
