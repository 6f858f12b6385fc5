import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BotServer

@Suite("Reading ahead on a connection")
struct ReadAheadTests {
    /// Counts what is asked of the socket.
    private final class Reads: ChannelOutboundHandler {
        typealias OutboundIn = Never
        var count = 0

        func read(context: ChannelHandlerContext) { count += 1 }
    }

    private let channel = EmbeddedChannel()
    private let reads = Reads()
    private let head = HTTPServerRequestPart.head(HTTPRequestHead(version: .http1_1, method: .POST, uri: "/"))

    private init() throws {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandlers([reads, ReadAhead(), HTTPServerPipelineHandler()])
    }

    /// What one reading of the socket brought; then, as a socket does by itself, somebody asks for more.
    private func receive(_ parts: HTTPServerRequestPart...) {
        for part in parts { channel.pipeline.fireChannelRead(part) }
        channel.pipeline.fireChannelReadComplete()
        channel.pipeline.read()
    }

    private func answer() throws {
        let head = HTTPResponseHead(version: .http1_1, status: .ok)
        try channel.writeOutbound(HTTPServerResponsePart.head(head))
        try channel.writeOutbound(HTTPServerResponsePart.end(nil))
    }

    @Test func goesOnWhileTheOnlyRequestIsAnswered() throws {
        for _ in 0..<3 {
            let before = reads.count
            receive(head, .end(nil))
            #expect(reads.count == before + 1)
            try answer()
        }
    }

    /// What reads a body may be slow, and then nobody else may read on for it.
    @Test func neverReadsWithinARequest() throws {
        // Nobody behind this one asks for more.
        for parts in [[head], [.body(ByteBuffer(string: "a"))], [.body(ByteBuffer(string: "b"))]] {
            for part in parts { channel.pipeline.fireChannelRead(part) }
            channel.pipeline.fireChannelReadComplete()
        }
        #expect(reads.count == 0)
        // Answered before its end, which does not begin another.
        try answer()
        channel.pipeline.fireChannelRead(HTTPServerRequestPart.end(nil))
        channel.pipeline.fireChannelReadComplete()
        channel.pipeline.fireChannelRead(head)
        channel.pipeline.fireChannelReadComplete()
        #expect(reads.count == 0)
    }

    @Test func stopsOnceASecondRequestWaits() throws {
        receive(head, .end(nil))
        let before = reads.count
        receive(head)
        receive(.body(ByteBuffer(string: "more")))
        receive(.end(nil), head, .end(nil))
        #expect(reads.count == before)
        // Once none waits any more there is room again.
        for _ in 0..<3 { try answer() }
        #expect(reads.count > before)
    }
}
