import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// One HTTP/1.1 connection, with its bounds, from the socket to Hummingbird's router.
struct ServerConnection: HTTPChannelHandler {
    /// Platforms' heads are about a kilobyte; what proxies add is little. NIO would take 2 MiB, from each of a thousand.
    private static let limits: NIOHTTPDecoderLimitConfiguration = {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16 * 1024
        limits.maxHeaderListSize = 32 * 1024
        return limits
    }()

    let responder: Responder
    let connections: Connections
    /// The counters; nil where requests are not counted.
    let metrics: RequestMetrics?

    func setup(
        channel: any NIOCore.Channel,
        logger: Logger
    ) -> EventLoopFuture<AcceptedConnection> {
        channel.eventLoop.makeCompletedFuture {
            try addHandlers(to: channel)
            return AcceptedConnection(
                try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(isOutboundHalfClosureEnabled: true)
                )
            )
        }
    }

    /// Adds everything between the socket and the router: bounds, HTTP/1.1, counting.
    func addHandlers(to channel: any NIOCore.Channel) throws {
        let pipeline = channel.pipeline.syncOperations
        let ends = ConnectionEnds(entry: connections.enter(channel))
        try pipeline.addHandler(ConnectionBytes(ends: ends))
        // The pipelining assistance passes on one request at a time, in their order, whoever answers it, and ends the
        // connection in an orderly way at shutdown. Hummingbird answers what cannot be parsed. No header with a line break is
        // written, whoever made it: the answer fails, and the connection ends.
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: true,
            withErrorHandling: false,
            withOutboundHeaderValidation: true,
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: Self.limits
        )
        try pipeline.addHandler(
            ends,
            position: .before(pipeline.handler(type: HTTPServerPipelineHandler.self))
        )
        if let metrics { try pipeline.addHandler(RequestCount(metrics: metrics)) }
        try pipeline.addHandler(ContinueHandler())
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
    }

    func handle(value: AcceptedConnection, logger: Logger) async {
        await handleHTTP(asyncChannel: value.take(), logger: logger)
    }
}
