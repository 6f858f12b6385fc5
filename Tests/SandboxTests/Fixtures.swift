import CurlHTTP
import FoundationEssentials
import NIOConcurrencyHelpers
import TestSupport

@testable import Sandbox

/// Runs a simulated server for as long as the body takes, on a free port.
func serving<Value: Sendable>(
    _ server: SandboxServer,
    _ body: @escaping @Sendable (_ baseURL: String) async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask {
            try await server.run()
            return nil
        }
        group.addTask { try await body(try await server.baseURL()) }
        defer { group.cancelAll() }
        guard let value = try await group.next() ?? nil else { throw ServerEnded() }
        return value
    }
}

struct ServerEnded: Error {}

/// A client over real sockets that sees replies as they are.
struct Client: Sendable {
    let base: String
    let transport: CurlTransport

    func send(
        _ method: CurlRequest.Method,
        _ path: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        within limit: Duration = .patience
    ) async throws -> CurlResponse {
        try await transport.execute(
            CurlRequest(
                method: method,
                url: base + path,
                headers: headers,
                body: body,
                sending: .single,
                totalTimeout: limit,
                allowsPlainHTTP: true,
                allowsPrivateAddress: true
            )
        )
    }

    func post(_ path: String, _ body: SandboxJSON, token: String? = nil) async throws -> CurlResponse {
        var headers = [(name: "Content-Type", value: "application/json; charset=utf-8")]
        if let token { headers.append((name: "Authorization", value: "Bearer \(token)")) }
        return try await send(.post, path, headers: headers, body: body.bytes)
    }
}

extension CurlResponse {
    var json: SandboxJSON { SandboxJSON(parsing: body) ?? .null }
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// A wall clock that stands still until it is moved.
final class StandingClock: Sendable {
    private let time = NIOLockedValueBox(Date(timeIntervalSince1970: 1_800_000_000))

    var now: @Sendable () -> Date { { [time] in time.withLockedValue { $0 } } }

    func advance(_ seconds: Double) { time.withLockedValue { $0 += seconds } }
}

/// A path in the temporary folder that no other test has.
func temporaryPath() -> String {
    FileManager.default.temporaryDirectory.path + "/sandbox-test-\(UUID().uuidString).jsonl"
}

/// One call of the simulated cluster API by the owner of project 1187, unless told otherwise.
struct CloudClient: Sendable {
    let client: Client
    var key = "sandbox-key-vision"
    var token = "sandbox-token-vision"
    var query = "project_id=1187&location=Delhi"

    static let root = "/myaccount/api/v1/gpu"

    func put(_ body: SandboxJSON, cluster: Int = 42, within limit: Duration = .patience) async throws -> CurlResponse {
        try await client.send(
            .put,
            "\(Self.root)/distributed_jobs_v2/cluster/\(cluster)/?\(query)&apikey=\(key)",
            headers: [("Authorization", "Bearer \(token)"), ("Content-Type", "application/json")],
            body: body.bytes,
            within: limit
        )
    }

    func get(_ path: String, _ query: String? = nil) async throws -> CurlResponse {
        try await client.send(
            .get,
            "\(Self.root)\(path)?\(query ?? self.query)&apikey=\(key)",
            headers: [("Authorization", "Bearer \(token)")]
        )
    }
}

/// A simulated cloud that is served while the body runs.
func withCloud<Value: Sendable>(
    settings: CloudSettings = CloudSettings(),
    journalPath: String? = nil,
    _ body: @escaping @Sendable (SimulatedCloud, CloudClient) async throws -> Value
) async throws -> Value {
    let cloud = try SimulatedCloud(settings: settings, journalPath: journalPath)
    let transport = try CurlTransport()
    defer { Task { await transport.shutdown() } }
    return try await serving(cloud.application()) { base in
        try await body(cloud, CloudClient(client: Client(base: base, transport: transport)))
    }
}
