import NIOCore
import NIOPosix
import TestSupport

/// A connection over which a test sends any bytes, and hears what comes back.
struct RawClient: Sendable {
    struct Answer: Sendable {
        let status: String
        /// In lower case, sorted.
        let headers: [String]
        let body: String
    }

    struct Heard: Sendable {
        var text = ""
        var isClosed = false
    }

    private final class Listener: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let heard: EventWaiter<Heard>

        init(heard: EventWaiter<Heard>) { self.heard = heard }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            heard.update { $0.text += text }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case .inputClosed? = event as? ChannelEvent { heard.update { $0.isClosed = true } }
            context.fireUserInboundEventTriggered(event)
        }

        func channelInactive(context: ChannelHandlerContext) { heard.update { $0.isClosed = true } }
    }

    private let channel: any Channel
    private let heard: EventWaiter<Heard>

    init(port: Int) async throws {
        let heard = EventWaiter(Heard())
        self.heard = heard
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Listener(heard: heard))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)).get() }

    /// Says that nothing more will be sent.
    func finish() async throws { try await channel.close(mode: .output).get() }

    /// Waits for the next answer and takes it off what was heard.
    func answer() async throws -> Answer {
        try await heard.wait(for: "an answer") { Self.first(in: $0.text) != nil }
        return heard.update { heard in
            guard let (answer, rest) = Self.first(in: heard.text) else { preconditionFailure("it was there") }
            heard.text = rest
            return answer
        }
    }

    func hearsTheEnd() async throws { try await heard.wait(for: "the end of the connection", until: \.isClosed) }

    func close() async throws { try await channel.close().get() }

    private static func first(in text: String) -> (Answer, rest: String)? {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
        let headers = lines.dropFirst().map { $0.lowercased() }.sorted()
        let length = headers.first { $0.hasPrefix("content-length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
        let rest = text[end.upperBound...]
        guard rest.utf8.count >= length else { return nil }
        return (
            Answer(status: lines[0], headers: headers, body: String(rest.prefix(length))),
            String(rest.dropFirst(length))
        )
    }
}
