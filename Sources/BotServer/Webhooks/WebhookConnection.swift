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
    let responder: Responder
    let webhooks: WebhookRoutes
    let clock: any BotClock
    let logger: Logger

    func setup(
        channel: any NIOCore.Channel,
        logger: Logger
    ) -> EventLoopFuture<NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            // One request at a time, in their order, whoever answers it; and an orderly end of the connection at shutdown.
            // Hummingbird answers what cannot be parsed. The headers of our answers are our own, so nobody has to look for line
            // breaks in them.
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: true,
                withErrorHandling: false,
                withOutboundHeaderValidation: false
            )
            try pipeline.addHandler(
                ReadAhead(),
                position: .before(pipeline.handler(type: HTTPServerPipelineHandler.self))
            )
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
