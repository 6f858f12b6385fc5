import BotConfiguration
import BotCore
import BotEngine
import BotServer
import BotStore
import ChatKit
import CurlHTTP
import Foundation
import Glibc
import Logging

/// Lets the running service do something, through its socket. If none runs, it does it itself under the store's lock.
struct OperationsClient {
    let configuration: Configuration

    /// A request: its path and body for the service, and the function with which this process does it instead.
    struct Request: Sendable {
        let path: String
        let body: JSONValue
        let perform: @Sendable (Operations, Account) async throws -> Operations.Answer
    }

    private static let answerWithin = Duration.seconds(10)

    /// - Throws: ``UsageProblem`` with the reason why it was not done.
    func run(_ request: Request) async throws -> String {
        try ProcessSetup.prepare()
        let transport = try CurlTransport()
        do {
            let answer = try await ask(request, transport)
            await transport.shutdown()
            guard answer.isDone else { throw UsageProblem(answer.text) }
            return answer.text
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    private func ask(_ request: Request, _ transport: CurlTransport) async throws -> Operations.Answer {
        guard try mayConnect() else { return try await underLock(request, transport) }
        do {
            return try await throughSocket(request, transport)
        } catch let error as TransportError where error.code == .connect {
            return try await underLock(request, transport)
        } catch let error as TransportError {
            let delivered =
                error.delivery == .notSent
                ? "Nothing was done." : "It may have been done: look with `clusterbot changes show`."
            throw UsageProblem("The running service did not answer: \(error). \(delivered)")
        }
    }

    /// Returns whether there is a socket to connect to; false if there is none.
    /// - Throws: ``UsageProblem`` if there may be one, and this user may not connect to it.
    private func mayConnect() throws -> Bool {
        let path = configuration.socketPath
        if access(path, W_OK) == 0 { return true }
        guard errno == EACCES else { return false }
        throw UsageProblem(configuration.server.socket.refusal(path))
    }

    private func throughSocket(_ request: Request, _ transport: CurlTransport) async throws -> Operations.Answer {
        var call = CurlRequest(
            method: .post,
            url: "http://localhost\(request.path)",
            headers: [(name: "Content-Type", value: "application/json")],
            body: Array(request.body.canonical.utf8),
            sending: .single,
            totalTimeout: Self.answerWithin,
            allowsPlainHTTP: true,
            allowsPrivateAddress: true
        )
        call.unixSocket = configuration.socketPath
        let reply = try await transport.execute(call)
        let text = String(decoding: reply.body, as: UTF8.self)
        if reply.status == 403 { throw UsageProblem(configuration.server.socket.refusal(configuration.socketPath)) }
        guard reply.status == 200 || reply.status == 409 else {
            throw UsageProblem("The running service answered \(reply.status). Is it of the same version?")
        }
        return Operations.Answer(text, isDone: reply.status == 200)
    }

    private func underLock(_ request: Request, _ transport: CurlTransport) async throws -> Operations.Answer {
        guard let account = configuration.server.socket.account(uid: getuid()) else {
            throw UsageProblem("The system does not know your user here (\(getuid())), so you are nobody's account.")
        }
        let store = try openStore()
        let clock = SystemClock()
        let logger = Logger(label: "clusterbot") { _ in SwiftLogNoOpLogHandler() }
        let context = LiveParts(configuration, transport: transport, clock: clock, logger: logger)
            .context(store: store, logger: logger, clock: clock, readsChannels: false)
        let operations = Operations(context: context, channel: configuration.server.socket.channel)
        let answer = await Result(catching: { try await request.perform(operations, account) })
        await store.close()
        return try answer.get()
    }

    private func openStore() throws -> SQLiteStore {
        guard access(configuration.storePath, R_OK | W_OK) == 0 else {
            guard errno != ENOENT else {
                throw UsageProblem(
                    "No service listens on \(configuration.socketPath), and there is no store at "
                        + "\(configuration.storePath): look at `store` in the configuration. `clusterbot serve` makes one."
                )
            }
            throw UsageProblem(
                "No service listens on \(configuration.socketPath), and your user may not open the store "
                    + "\(configuration.storePath): \(String(cString: strerror(errno))). Start the service, or run this as "
                    + "its user."
            )
        }
        do {
            return try SQLiteStore(path: configuration.storePath, trustsOwners: true)
        } catch {
            guard error.code == .inUse else { throw error }
            throw UsageProblem(
                "A service has the store open but does not listen on \(configuration.socketPath). Restart it, or stop it and try again."
            )
        }
    }
}

extension Result where Failure == any Error {
    /// Catches the result of an asynchronous call.
    fileprivate init(catching body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
