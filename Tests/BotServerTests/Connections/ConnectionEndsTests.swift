import NIOCore
import NIOEmbedded
import NIOHTTP1
import TestSupport
import Testing

@testable import BotServer

/// When a connection is closed that waits for its peer, by the event loop's own clock.
@Suite struct ConnectionEndsTests {
    /// Answers nothing; keeps what came in.
    private final class Application: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        var parts = 0
        var ends = 0
        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            parts += 1
            if case .end = unwrapInboundIn(data) { ends += 1 }
        }
    }

    /// A socket whose peer reads nothing as long as it is stuck.
    private final class Socket: ChannelOutboundHandler {
        typealias OutboundIn = Any
        var isStuck = false
        var reads = 0
        var isOutputClosed = false
        private var stuck: [EventLoopPromise<Void>?] = []

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            if isStuck { stuck.append(promise) } else { context.write(data, promise: promise) }
        }

        func read(context: ChannelHandlerContext) { reads += 1 }

        /// The embedded channel knows no half of a closing.
        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            guard mode == .output else { return context.close(mode: mode, promise: promise) }
            isOutputClosed = true
            promise?.succeed()
        }

        func goOn() {
            isStuck = false
            for promise in stuck { promise?.succeed() }
            stuck = []
        }
    }

    private let channel = EmbeddedChannel()
    private let socket = Socket()
    private let application = Application()
    private let connections: Connections
    private static let head = "POST /slack/commands HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n"

    init() throws {
        connections = Connections(name: "test", maximum: 10, clock: StandingClock(), logger: LogLines().logger)
        let pipeline = channel.pipeline.syncOperations
        let ends = ConnectionEnds(entry: connections.enter(channel))
        try pipeline.addHandlers([socket, ConnectionBytes(ends: ends)])
        try pipeline.configureHTTPServerPipeline(withErrorHandling: false)
        try pipeline.addHandler(ends, position: .before(pipeline.handler(type: HTTPServerPipelineHandler.self)))
        try pipeline.addHandler(application)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private func send(_ text: String) throws { _ = try channel.writeInbound(ByteBuffer(string: text)) }

    private func answer() {
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["content-length": "0"])
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
    }

    /// Whether it is open until this time has passed, and closed from then on.
    private func lasts(_ seconds: Int64) -> Bool {
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(seconds * 1000 - 1))
        guard channel.isActive else { return false }
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        return !channel.isActive
    }

    private func pass(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

    @Test func aConnectionWithoutARequest() { #expect(lasts(75)) }

    @Test func aHeadThatIsNeverWhole() throws {
        pass(70)
        try send("POST /slack")
        #expect(lasts(10))
    }

    @Test func aHeadThatDripsIn() throws {
        for byte in Self.head.prefix(9) {
            try send(String(byte))
            pass(1)
        }
        #expect(lasts(1))
    }

    @Test func aBodyThatDripsIn() throws {
        try send(Self.head)
        pass(5)
        try send("a")
        pass(4)
        try send("b")
        #expect(lasts(1))
    }

    @Test func headAndBodyHaveATimeEach() throws {
        // The last line break is one character.
        try send(String(Self.head.dropLast()))
        pass(9)
        try send("\r\n")
        pass(9)
        try send("abc")
        #expect(channel.isActive && application.ends == 1)
    }

    @Test func aWholeRequestIsAwaitedAndThenTheNextOne() throws {
        try send(Self.head + "abc")
        pass(1000)
        #expect(channel.isActive)
        answer()
        pass(74)
        try send(Self.head + "abc")
        answer()
        #expect(lasts(75))
    }

    @Test func thePartOfANextRequestHasItsTimeWhenItsTurnComes() throws {
        try send(Self.head + "abc" + Self.head)
        pass(1000)
        answer()
        #expect(lasts(10))
    }

    /// In the packet of the request in front of it, or in one of its own, before the answer: the bytes say by themselves that a
    /// request has begun. A next one that has not begun is awaited as long as ever.
    @Test(arguments: [
        (["abcPOST /sl"], 10), (["abcP"], 10), (["abc", "POST /sl"], 10), (["ab", "cPOST", " /sl"], 10), (["abc"], 75),
        (["ab", "c"], 75),
    ])
    func theHalfHeadBehindARequestHasItsTimeWhenItsTurnComes(sent: [String], limit: Int) throws {
        try send(Self.head)
        for text in sent { try send(text) }
        pass(1000)
        #expect(channel.isActive && application.ends == 1)
        answer()
        #expect(lasts(Int64(limit)))
    }

    @Test func theHalfHeadBehindARequestThatWasAnsweredAtOnce() throws {
        try send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /he")
        answer()
        pass(9)
        try send("a")
        #expect(lasts(1))
    }

    @Test func anAnswerThatIsNotRead() throws {
        socket.isStuck = true
        try send(Self.head + "abc")
        pass(100)
        answer()
        #expect(lasts(10))
    }

    @Test func anAnswerThatIsReadAtLast() throws {
        socket.isStuck = true
        try send(Self.head + "abc")
        answer()
        pass(9)
        socket.goOn()
        #expect(lasts(66))
    }

    @Test func theRestOfARefusedBodyIsNotReadOn() throws {
        try send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 26214400\r\n\r\n")
        answer()
        #expect(socket.isOutputClosed)
        let written = try channel.readOutbound(as: ByteBuffer.self)
        #expect(written.map { String(buffer: $0) }?.lowercased().contains("connection: close") == true)
        let parts = application.parts
        let piece = ByteBuffer(repeating: 0x61, count: 64 * 1024)
        for _ in 0..<4 { _ = try channel.writeInbound(piece) }
        let reads = socket.reads
        channel.pipeline.fireChannelReadComplete()
        channel.pipeline.read()
        #expect(socket.reads == reads)
        #expect(application.parts == parts)
        #expect(lasts(2))
    }

    @Test func aPeerThatIsDoneAfterARefusalIsNotAwaited() throws {
        try send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 26214400\r\n\r\n")
        answer()
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!channel.isActive)
    }

    @Test func nothingIsReadForAPeerThatDoesNotRead() throws {
        channel.isWritable = false
        let reads = socket.reads
        channel.pipeline.read()
        #expect(socket.reads == reads)
        channel.isWritable = true
        channel.pipeline.fireChannelWritabilityChanged()
        #expect(socket.reads == reads + 1)
    }

    // MARK: The service's end

    private func quiesce() { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }

    @Test(arguments: ["", "POST /sl", head, head + "ab"])
    func nothingIsOwedToPartOfARequest(sent: String) throws {
        if !sent.isEmpty { try send(sent) }
        quiesce()
        #expect(!channel.isActive)
    }

    @Test func aWholeRequestGetsItsAnswer() throws {
        try send(Self.head + "abc" + Self.head)
        quiesce()
        pass(5)
        #expect(channel.isActive)
        answer()
        #expect(!channel.isActive)
        #expect(try channel.readOutbound(as: ByteBuffer.self) != nil)
    }

    @Test(arguments: [true, false])
    func whoDoesNotReadItIsNotAwaitedForLong(isBefore: Bool) throws {
        socket.isStuck = true
        try send(Self.head + "abc")
        if isBefore { answer() }
        quiesce()
        if !isBefore { answer() }
        #expect(lasts(2))
    }
}
