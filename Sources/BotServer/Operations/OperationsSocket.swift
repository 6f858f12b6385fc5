import BotCore
import BotEngine
import ChatKit
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The Unix socket through which users of the machine reach the running service: HTTP, as the system's user that the
/// kernel names, so that nobody can say that they are somebody else.
package struct OperationsSocket: Sendable {
    private static let largestBody = 16 * 1024

    let file: SocketFile
    let operations: Operations
    /// The platforms that come by this socket.
    let doors: [any SocketDoor]
    /// Returns the account of a user of this machine by the user's number; nil for a number that is nobody's.
    let account: @Sendable (UInt32) -> Account?
    let maximum: Int
    let clock: any BotClock
    let logger: Logger
    let onListening: @Sendable () -> Void

    /// - Parameters:
    ///   - maximum: how many connections it may have.
    ///   - onListening: hears that the socket takes connections.
    package init(
        file: SocketFile,
        operations: Operations,
        doors: [any SocketDoor],
        account: @escaping @Sendable (UInt32) -> Account?,
        maximum: Int,
        clock: any BotClock,
        logger: Logger,
        onListening: @escaping @Sendable () -> Void = {}
    ) {
        self.file = file
        self.operations = operations
        self.doors = doors
        self.account = account
        self.maximum = maximum
        self.clock = clock
        self.logger = logger
        self.onListening = onListening
    }

    /// The path of a store's socket, where the configuration names none.
    package static func path(ofStore path: String) -> String { path + ".sock" }

    /// Makes the socket's service. Its place must be free: the store's lock is held by now, so whatever an ended
    /// process left is removed.
    package func service() throws(SocketProblem) -> any Service {
        try file.prepare()
        let server = BoundedServer(
            name: "operations socket",
            address: .unixDomainSocket(path: file.path),
            setting: "server.socket",
            maximum: maximum,
            clock: clock,
            logger: logger
        )
        return server.service(router) { [file, logger, onListening] _ in
            defer { onListening() }
            do {
                if try !file.open() {
                    logger.warning("the operations socket is gone", metadata: ["path": "\(file.path)"])
                }
            } catch {
                // Until it is opened, only its owner can connect, and it stays so.
                logger.error("the operations socket is for its owner only", metadata: ["problem": "\(error)"])
            }
        }
    }

    private var router: Router<PeerContext> {
        let router = Router(context: PeerContext.self)
        let operations = operations
        router.post("/changes/:id/resolve") { request, context in
            try await answer(request, context) { asked, account in
                guard let id = context.parameters.get("id", as: Int.self), let succeeded = asked["succeeded"]?.bool,
                    let reason = asked["reason"]?.string
                else { return nil }
                return try await operations.resolve(id, succeeded: succeeded, reason: reason, by: account)
            }
        }
        router.post("/release") { request, context in
            try await answer(request, context) { asked, account in
                guard let reason = asked["reason"]?.string else { return nil }
                return try await operations.release(by: account, reason: reason)
            }
        }
        for door in doors {
            router.post(RouterPath(door.path)) { request, context in
                try await read(request, context) { asked, account in
                    let answer = await door.answer(asked, from: account)
                    return Response(
                        status: .init(code: answer.status),
                        headers: [.contentType: "application/json; charset=utf-8"],
                        body: .init(byteBuffer: ByteBuffer(string: answer.body.canonical))
                    )
                }
            }
        }
        return router
    }

    /// 200 if it was done, 409 with the sentence that says why not, 400 for what is no request of ours.
    private func answer(
        _ request: Request,
        _ context: PeerContext,
        _ act: (JSONValue, Account) async throws -> Operations.Answer?
    ) async throws -> Response {
        try await read(request, context) { asked, account in
            let answer: Operations.Answer?
            do {
                answer = try await act(asked, account)
            } catch {
                answer = Operations.Answer("\(error)")
            }
            guard let answer else { return Response(status: .badRequest) }
            return Response(
                status: answer.isDone ? .ok : .conflict,
                headers: [.contentType: "text/plain; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: answer.text))
            )
        }
    }

    /// Reads a request and the account at the other end. 403 for whom the socket is not for, 400 for what is no JSON.
    private func read(
        _ request: Request,
        _ context: PeerContext,
        _ act: (JSONValue, Account) async throws -> Response
    ) async throws -> Response {
        // The mode of the socket's file keeps others out. Where it is for its owner alone, this does as well.
        guard let uid = await context.peer(), !file.isOwnersAlone || uid == getuid() || uid == 0 else {
            return Response(status: .forbidden)
        }
        guard let account = account(uid) else { return Response(status: .forbidden) }
        var request = request
        let body = try await request.collectBody(upTo: Self.largestBody)
        guard let asked = try? JSONValue(parsing: Array(body.readableBytesView)) else {
            return Response(status: .badRequest)
        }
        return try await act(asked, account)
    }
}

/// A request with the socket it came through.
private struct PeerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any NIOCore.Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The user at the other end, as the kernel says; nil if it does not.
    func peer() async -> UInt32? {
        guard let socket = channel as? any SocketOptionProvider else { return nil }
        let credential: PeerCredential? = try? await socket.unsafeGetSocketOption(
            level: SocketOptionLevel(SOL_SOCKET),
            name: SocketOptionName(SO_PEERCRED)
        ).get()
        return credential?.uid
    }
}

/// The system's `struct ucred`, which Swift does not import.
private struct PeerCredential: Sendable {
    var pid: Int32
    var uid: UInt32
    var gid: UInt32
}
