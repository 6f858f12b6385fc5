import NIOCore

/// Stands in front of the HTTP decoder: tells ``ConnectionEnds`` of the first byte of a head, reads nothing for a peer that does
/// not read its answers, and throws away what comes in after the last of them.
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
        guard ends.isLingering else {
            ends.bytesCame(at: context.eventLoop.now)
            return context.fireChannelRead(data)
        }
        dropped += unwrapInboundIn(data).readableBytes
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
