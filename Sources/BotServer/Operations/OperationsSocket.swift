import BotCore
import BotEngine
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The Unix socket beside the store, through which the commands at the terminal reach the running service: HTTP, as the
/// system's user that the kernel names, so that nobody can say that they are somebody else.
package struct OperationsSocket: Sendable {
    /// The mode of the socket's file: for its owner only.
    private static let mode: mode_t = 0o600
    /// The system has no room for more in a socket's address.
    package static let longestPath = 107
    private static let largestBody = 16 * 1024

    package let path: String
    let operations: Operations
    let maximum: Int
    let clock: any BotClock
    let logger: Logger

    /// - Parameter maximum: how many connections it may have.
    package init(path: String, operations: Operations, maximum: Int, clock: any BotClock, logger: Logger) {
        self.path = path
        self.operations = operations
        self.maximum = maximum
        self.clock = clock
        self.logger = logger
    }

    /// The path of a store's socket.
    package static func path(ofStore path: String) -> String { path + ".sock" }

    /// The account of a user of this machine: `os:HOST/UID`.
    package static func account(uid: UInt32) -> Account {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return Account(platform: "os", workspace: host, user: "\(uid)")
    }

    /// The socket as a service; nil, with a line in the log, where its path is too long for the system.
    package var service: (any Service)? {
        guard path.utf8.count <= Self.longestPath else {
            logger.warning(
                "no operations socket: the store's path is too long for one",
                metadata: ["path": "\(path)", "longest": .stringConvertible(Self.longestPath)]
            )
            return nil
        }
        // What an earlier process left; the store's lock says that nobody else uses it.
        unlink(path)
        let server = BoundedServer(
            name: "operations socket",
            address: .unixDomainSocket(path: path),
            maximum: maximum,
            clock: clock,
            logger: logger
        )
        return server.service(router) { [path] _ in chmod(path, Self.mode) }
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
        return router
    }

    /// 200 if it was done, 409 with the sentence that says why not, 400 for what is no request of ours.
    private func answer(
        _ request: Request,
        _ context: PeerContext,
        _ act: (JSONValue, Account) async throws -> Operations.Answer?
    ) async throws -> Response {
        // The mode of the socket's file keeps others out; between its making and that, this does.
        guard let uid = await context.peer(), uid == getuid() || uid == 0 else { return Response(status: .forbidden) }
        var request = request
        let body = try await request.collectBody(upTo: Self.largestBody)
        guard let asked = try? JSONValue(parsing: Array(body.readableBytesView)) else {
            return Response(status: .badRequest)
        }
        let answer: Operations.Answer?
        do {
            answer = try await act(asked, Self.account(uid: uid))
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
