import BotCore
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import TestSupport

@testable import BotServer

/// One connection with everything between its socket and the router, on the test's own event loop. What passes the webhooks
/// by stays unanswered.
struct EmbeddedConnection {
    let channel = EmbeddedChannel()
    let clock = StandingClock()
    let lines = LogLines()

    init(_ webhooks: [String: Webhook], metrics: RequestMetrics? = nil) throws {
        let connection = WebhookConnection(
            responder: { _, _, _ in },
            webhooks: WebhookRoutes(webhooks),
            connections: Connections(name: "test", maximum: 10, clock: clock, logger: lines.logger(.debug)),
            metrics: metrics,
            clock: clock,
            logger: lines.logger(.debug)
        )
        try channel.pipeline.syncOperations.addHandler(HalfClosing())
        try connection.addHandlers(to: channel)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    /// Hands over what the socket read, and lets everything run that is due.
    func send(_ text: String) throws {
        _ = try channel.writeInbound(ByteBuffer(string: text))
        channel.embeddedEventLoop.run()
    }

    /// All that was written to the socket since this was asked last.
    func written() throws -> String {
        channel.embeddedEventLoop.run()
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text
    }
}

/// The embedded channel would close as a whole where a socket closes its output alone.
private final class HalfClosing: ChannelOutboundHandler {
    typealias OutboundIn = Any

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        promise?.succeed()
    }
}
