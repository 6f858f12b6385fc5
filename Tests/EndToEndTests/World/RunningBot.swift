import Foundation
import Sandbox
import TestSupport

/// The service as a process that listens.
struct RunningBot: Sendable {
    let process: ChildProcess
    /// `http://127.0.0.1:port`.
    let url: String

    init(configuration: String, environment: [String: String], arguments: [String] = []) async throws {
        process = try ChildProcess(
            Tools.clusterbot,
            ["serve", "--config", configuration] + arguments,
            environment: environment
        )
        try await process.seen.wait(for: "the service to listen") { seen in
            seen.exit != nil || seen.errors.contains(where: Self.isPublicAddress)
        }
        let line = process.seen.state.errors.first(where: Self.isPublicAddress)
        guard let line, let address = try json(String(line))["address"]?.string else {
            throw MissingTool(
                description: "the service did not start: \(process.seen.state.errors.joined(separator: "\n"))"
            )
        }
        url = "http://\(address)"
    }

    private static func isPublicAddress(_ line: String) -> Bool {
        line.contains(#""message":"listening""#) && line.contains(#""server":"public""#)
    }

    /// Stops it as an operator does; its exit code.
    func stop() async throws -> Int32 {
        process.send(SIGTERM)
        return try await process.exitCode()
    }
}
