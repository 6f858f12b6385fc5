import NIOCore
import NIOHTTP1

/// Sees to it that no connection waits for its peer without an end, whether it sends or does not read.
///
/// Each time runs from the first moment and not from the last byte, so that bytes that drip in slowly prolong nothing. It
/// stands behind the HTTP decoder and works with ``ConnectionBytes`` in front of it.
final class ConnectionEnds: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The limit from the first byte of a request's head to its last. A platform sends it in one packet.
    static let longestHead = TimeAmount.seconds(10)
    /// The limit from there to the request's last byte.
    static let longestBody = TimeAmount.seconds(10)
    /// The limit without a byte of a request. Longer than the 60 s after which common proxies close by themselves: whoever
    /// closes first must not be the one to whom a request may just be on its way.
    static let longestIdle = TimeAmount.seconds(75)
    /// The limit from the beginning of an answer until the system has taken its last byte: only a peer that does not read
    /// takes longer.
    static let longestAnswer = TimeAmount.seconds(10)
    /// The time for which incoming bytes are thrown away after the last answer. Closed earlier, the answer could get lost.
    static let longestLinger = TimeAmount.seconds(2)

    private enum Reading { case nothing, head, body }

    private let entry: Connections.Entry
    private var reading = Reading.nothing
    private var readingEnds: NIODeadline = .distantFuture
    /// Requests that came in whole and are not answered yet.
    private var unanswered = 0
    /// The answers up to and with that to the request with which the client wants to end; nil as long as it wants to go on.
    private var answersUntilLast: Int?
    /// Whether the answer that is being written is the connection's last.
    private var isWritingLast = false
    /// Answers that are begun and not taken by the system yet, and when the first of them must be.
    private var unwritten = 0
    private var writingEnds: NIODeadline = .distantFuture
    private var isQuiescing = false
    /// Whether the last answer is given, so that nothing that comes in is looked at any more.
    private(set) var isLingering = false
    /// Whether something came in that is no HTTP: nothing behind it is looked at, while the answers before it are written.
    private(set) var isBroken = false
    private var timer: (at: NIODeadline, task: Scheduled<Void>)?

    init(entry: Connections.Entry) { self.entry = entry }

    func handlerAdded(context: ChannelHandlerContext) {
        readingEnds = context.eventLoop.now + Self.longestIdle
        setTimer(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.task.cancel() }

    // MARK: What comes in

    /// Bytes came in that are not decoded yet. Behind a request that waits for its answer they are the next one's, whose time
    /// begins when its turn comes.
    func bytesCame(at now: NIODeadline) {
        guard reading == .nothing else { return }
        reading = .head
        readingEnds = now + Self.longestHead
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            if !head.isKeepAlive, answersUntilLast == nil { answersUntilLast = unanswered + 1 }
            reading = .body
            readingEnds = context.eventLoop.now + Self.longestBody
        case .body: break
        case .end:
            reading = .nothing
            unanswered += 1
            if unanswered == 1 { entry.isAnswering() }
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        setTimer(context)
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isBroken = true
        context.fireErrorCaught(error)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: quiesce(context, event)
        case ChannelEvent.inputClosed where isLingering: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// The service ends. Only whole requests are awaited: to a part of one, which nobody has signed, nothing is owed.
    private func quiesce(_ context: ChannelHandlerContext, _ event: Any) {
        isQuiescing = true
        if unanswered > 0 {
            context.fireUserInboundEventTriggered(event)
        } else if unwritten > 0 {
            writingEnds = min(writingEnds, context.eventLoop.now + Self.longestLinger)
            setTimer(context)
        } else {
            context.close(promise: nil)
        }
    }

    // MARK: What goes out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.code >= 200:
            if unwritten == 0 { writingEnds = context.eventLoop.now + longestAnswer }
            unwritten += 1
            isWritingLast =
                isEarly || answersUntilLast == 1 || head.headers[canonicalForm: "connection"].contains("close")
            guard isWritingLast else { return context.write(data, promise: promise) }
            head.headers.replaceOrAdd(name: "connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .head, .body: context.write(data, promise: promise)
        case .end:
            let isLast = isWritingLast
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.assumeIsolated().whenComplete { _ in self.wrote(context, isLast: isLast) }
            if !isEarly { answered(context) }
            context.write(data, promise: written)
        }
    }

    /// Whether the answer that is being written is to a request that has not come in whole. It is the connection's last:
    /// nobody reads 25 MiB only to come to the request behind them.
    private var isEarly: Bool { unanswered == 0 }

    private var longestAnswer: TimeAmount { isQuiescing ? Self.longestLinger : Self.longestAnswer }

    private func answered(_ context: ChannelHandlerContext) {
        unanswered -= 1
        answersUntilLast = answersUntilLast.map { $0 - 1 }
        guard unanswered == 0 else { return }
        entry.isWaiting()
        readingEnds = context.eventLoop.now + (reading == .nothing ? Self.longestIdle : Self.longestBody)
    }

    private func wrote(_ context: ChannelHandlerContext, isLast: Bool) {
        unwritten -= 1
        // The next answer's turn begins.
        writingEnds = unwritten == 0 ? .distantFuture : context.eventLoop.now + longestAnswer
        guard context.channel.isActive else { return }
        if isQuiescing, unwritten == 0, unanswered == 0 {
            context.close(promise: nil)
        } else if isLast {
            close(context: context, mode: .output, promise: nil)
        }
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        setTimer(context)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .output, !isLingering {
            isLingering = true
            readingEnds = context.eventLoop.now + Self.longestLinger
            setTimer(context)
            // Whoever reads for the application may have stopped.
            context.read()
        }
        context.close(mode: mode, promise: promise)
    }

    // MARK: Time

    /// The time at which the connection is closed unless something happens before.
    private var end: NIODeadline { min(isLingering || unanswered == 0 ? readingEnds : .distantFuture, writingEnds) }

    /// One timer for all, and set anew only for an earlier end: most requests come in, are answered and leave it as it is.
    private func setTimer(_ context: ChannelHandlerContext) {
        let end = end
        guard end < timer?.at ?? .distantFuture else { return }
        timer?.task.cancel()
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: end) {
            self.timer = nil
            guard self.end <= context.eventLoop.now else { return self.setTimer(context) }
            context.close(promise: nil)
        }
        timer = (end, task)
    }
}
