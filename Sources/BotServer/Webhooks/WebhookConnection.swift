import BotCore
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// One HTTP/1.1 connection. Webhooks are answered in the channel's pipeline, where they come in: a task for each and the
/// way to it and back cost more than all that is done about a command. Everything else goes to Hummingbird's router.
struct WebhookConnection: HTTPChannelHandler {
    /// Platforms' heads are about a kilobyte; what proxies add is little. NIO would take 2 MiB, from each of a thousand.
    private static let limits: NIOHTTPDecoderLimitConfiguration = {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16 * 1024
        limits.maxHeaderListSize = 32 * 1024
        return limits
    }()

    let responder: Responder
    let webhooks: WebhookRoutes
    let connections: Connections
    /// Nil where requests are not counted.
    let metrics: RequestMetrics?
    let clock: any BotClock
    let logger: Logger

    func setup(
        channel: any NIOCore.Channel,
        logger: Logger
    ) -> EventLoopFuture<NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let ends = ConnectionEnds(entry: connections.enter(channel))
            try pipeline.addHandler(ConnectionBytes(ends: ends))
            // One request at a time, in their order, whoever answers it; and an orderly end of the connection at shutdown.
            // Hummingbird answers what cannot be parsed. The headers of our answers are our own, so nobody has to look for line
            // breaks in them.
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: true,
                withErrorHandling: false,
                withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: Self.limits
            )
            try pipeline.addHandlers(
                [ends, ReadAhead()],
                position: .before(pipeline.handler(type: HTTPServerPipelineHandler.self))
            )
            if let metrics { try pipeline.addHandler(RequestCount(metrics: metrics)) }
            try pipeline.addHandler(WebhookHandler(webhooks: webhooks, clock: clock, logger: self.logger))
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    func handle(value: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}
