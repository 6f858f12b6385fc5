import CurlHTTP
import Foundation
import Glibc
import TestSupport
import Testing

@testable import CurlHTTP

let okReply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

/// Runs a test with a server and a transport, and ends both.
func withExchange<Result>(
    _ scripts: [[ScriptedServer.Step]],
    connectionsPerHost: Int = 6,
    _ body: (ScriptedServer, CurlTransport) async throws -> Result
) async throws -> Result {
    let server = try ScriptedServer(scripts)
    let transport = try CurlTransport(maximumConnectionsPerHost: connectionsPerHost)
    defer { server.stop() }
    do {
        let result = try await body(server, transport)
        await transport.shutdown()
        #expect(transport.callsInFlight == 0)
        return result
    } catch {
        await transport.shutdown()
        throw error
    }
}

extension ScriptedServer {
    /// A request to this server that may go to loopback without TLS. Its limits of time only end what hangs: a test that is
    /// about one of them sets that one.
    func request(_ target: String = "/", _ sending: CurlRequest.Sending = .single) -> CurlRequest {
        CurlRequest(
            url: "http://127.0.0.1:\(port)\(target)",
            sending: sending,
            connectTimeout: .patience,
            totalTimeout: .patience,
            stallTimeout: .patience,
            allowsPlainHTTP: true,
            allowsPrivateAddress: true
        )
    }

    func put(_ target: String, _ sending: CurlRequest.Sending = .single) -> CurlRequest {
        var request = request(target, sending)
        request.method = .put
        request.body = Array("{\"action\":\"x\"}".utf8)
        return request
    }

    /// Every connection made so far, each at its end, with all that ever came on it.
    ///
    /// A client is often done with a connection before this server has accepted it. Connections are accepted in their
    /// order, so the answer to one more request, on a connection of its own, tells that no older one is missing.
    func endedConnections(control transport: CurlTransport) async throws -> [Connection] {
        let reply = try await transport.execute(request("/control"))
        #expect(reply.status == 200)
        func older(_ connections: [Connection]) -> [Connection] {
            connections.filter { !$0.requests.contains { $0.target == "/control" } }
        }
        try await connections.wait(for: "the end of all older connections") { !older($0).contains(where: \.isOpen) }
        return older(connections.state)
    }

    /// How often a request for this target was received in full.
    func count(_ target: String) -> Int { requests.filter { $0.target == target }.count }
}

/// The error of a call that must fail.
func failure(
    of request: CurlRequest,
    on transport: some HTTPTransport,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws -> TransportError {
    do throws(TransportError) {
        let response = try await transport.execute(request)
        throw TransportError(code: .other, delivery: .unknown, detail: "a reply with \(response)")
    } catch {
        if error.detail.hasPrefix("a reply") { Issue.record("\(error)", sourceLocation: sourceLocation) }
        return error
    }
}

func expect(
    _ error: TransportError,
    _ code: TransportError.Code,
    _ delivery: TransportError.Delivery,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(error.code == code, "\(error.debugDescription)", sourceLocation: sourceLocation)
    #expect(error.delivery == delivery, "\(error.debugDescription)", sourceLocation: sourceLocation)
}

struct CommandFailed: Error {
    let description: String
}

/// Runs a command to its end without blocking a task's thread.
func run(_ command: [String], environment: [String: String] = [:]) async throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let status = EventWaiter<Int32?>(nil)
    process.terminationHandler = { ended in status.update { $0 = ended.terminationStatus } }
    try process.run()
    do {
        try await status.wait(for: "the end of \(command)", within: .patience) { $0 != nil }
    } catch {
        kill(process.processIdentifier, SIGKILL)
        throw error
    }
    guard status.state == 0 else { throw CommandFailed(description: "\(command): \(status.state ?? -1)") }
}
