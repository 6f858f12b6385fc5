import Hummingbird
import Logging
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle

/// A simulated server on a real socket of this machine. Unlike an ordinary one it can also misbehave: close connections
/// without a reply, cut replies short, and be away for a while so that connecting is refused.
package final class SandboxServer: Service {
    private struct State {
        var port: Int?
        var absences: [Duration] = []
        /// The round of serving that is under way.
        var serving: ServiceGroup?
    }

    /// A page that was closed must not keep its connection for ever. A page that waits for news gets them within that time.
    private static let longestIdle = TimeAmount.seconds(75)

    private let host: String
    private let wantedPort: Int
    private let handler: any SandboxHandler
    private let logger: Logger
    private let state = NIOLockedValueBox(State())
    private let changes = ChangeSignal()

    init(host: String, port: Int, handler: any SandboxHandler, logger: Logger) {
        self.host = host
        self.wantedPort = port
        self.handler = handler
        self.logger = logger
    }

    /// The port it listens on, as soon as it does. It stays the same through absences.
    ///
    /// - Throws: ``WaitTimedOut`` if it does not come up in ten seconds (is somebody else on that port?).
    package func boundPort() async throws -> Int {
        try await changes.wait(.seconds(10), for: "the sandbox's server to listen") { [state] in
            state.withLockedValue { $0.port != nil }
        }
        return state.withLockedValue { $0.port ?? 0 }
    }

    /// `http://host:port`, as soon as it listens.
    package func baseURL() async throws -> String { "http://\(host):\(try await boundPort())" }

    /// Stops listening for that long and closes every open connection. Connecting is refused meanwhile.
    package func leave(for duration: Duration) {
        let serving = state.withLockedValue { state in
            state.absences.append(duration)
            return state.serving
        }
        Task { await serving?.triggerGracefulShutdown() }
    }

    /// Serves until the task is cancelled or a graceful shutdown begins.
    package func run() async throws {
        while true {
            try await serveUntilAbsence()
            let absence = state.withLockedValue { state in
                defer { state.absences = [] }
                return state.absences.reduce(.zero, +)
            }
            guard absence > .zero else { return }
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: absence) }
            } catch is CancellationError where !Task.isCancelled {
                return
            }
        }
    }

    /// One round of serving. It always ends gracefully, also when this task is cancelled: a NIO server whose task is
    /// cancelled while a connection is being accepted ends the whole process (swift-nio issue 2637).
    private func serveUntilAbsence() async throws {
        let application = Application(
            responder: SandboxResponder(handler: handler),
            server: .http1(configuration: .init(idleTimeout: Self.longestIdle)),
            configuration: .init(address: .hostname(host, port: state.withLockedValue { $0.port } ?? wantedPort)),
            onServerRunning: { [state, changes] channel in
                state.withLockedValue { $0.port = channel.localAddress?.port }
                changes.notify()
            },
            logger: logger
        )
        let serving = ServiceGroup(services: [application], logger: logger)
        state.withLockedValue { $0.serving = serving }
        let round = Task { try await serving.run() }
        let end: @Sendable () -> Void = { Task { await serving.triggerGracefulShutdown() } }
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await round.value
            } onGracefulShutdown: {
                end()
            }
        } onCancel: {
            end()
        }
    }
}

/// Hands each request to the handler, and writes (or does not write) what it answers.
private struct SandboxResponder: HTTPResponder {
    /// Requests over this size are cut off: far above the 64 KiB that anything here has to take.
    static let maximumBodyBytes = 1 << 20

    struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let channel: any Channel

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            channel = source.channel
        }
    }

    let handler: any SandboxHandler

    func respond(to request: Request, context: Context) async throws -> Response {
        let target = (request.head.path ?? "/").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var seen = SandboxRequest(
            method: request.method.rawValue,
            path: target.first.map(String.init) ?? "/",
            query: target.count > 1 ? String(target[1]) : "",
            headers: request.headers.map { ($0.name.canonicalName, $0.value) },
            body: []
        )
        guard await handler.admits(seen) else { return try await close(context) }
        do {
            seen.body = Array(buffer: try await request.body.collect(upTo: Self.maximumBodyBytes))
        } catch is NIOTooManyBytesError {
            return Response(status: .contentTooLarge)
        }
        let reply = await handler.reply(to: seen)
        var headers = HTTPFields()
        for (name, value) in reply.headers {
            guard let name = HTTPFields.Element.Name(name) else { continue }
            headers.append(.init(name: name, value: value))
        }
        let status = HTTPResponse.Status(code: reply.status)
        switch reply.ending {
        case .whole:
            return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: reply.body)))
        case .truncated(let count):
            let part = ByteBuffer(bytes: reply.body.prefix(count))
            let body = ResponseBody(contentLength: reply.body.count) { writer in
                try await writer.write(part)
                // Throwing here makes the server close the connection with the body unfinished.
                throw ConnectionClosed()
            }
            return Response(status: status, headers: headers, body: body)
        case .closed:
            return try await close(context)
        }
    }

    /// Closes the socket. What is returned then goes nowhere: the connection it would be written to is gone.
    private func close(_ context: Context) async throws -> Response {
        try? await context.channel.close()
        return Response(status: .internalServerError)
    }

    private struct ConnectionClosed: Error {}
}
