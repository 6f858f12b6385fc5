import Glibc
import Sandbox
import TestSupport

/// The service as a process, whether or not it comes so far as to take commands.
struct RunningProcess: Sendable {
    let process: ChildProcess
    /// `http://127.0.0.1:port`; nil if it ended before it listened.
    let url: String?

    /// - Parameters:
    ///   - descriptors: how many it may have; nil: as many as the tests.
    ///   - user: whose process it is; nil: that of the tests' user.
    init(
        configuration: String,
        environment: [String: String],
        arguments: [String] = [],
        descriptors: Int? = nil,
        user: SystemUser? = nil
    ) async throws {
        let limit = descriptors.map { ["/usr/bin/prlimit", "--nofile=\($0):\($0)"] } ?? []
        let command = (user?.prefix ?? []) + limit + [Tools.clusterbot, "serve", "--config", configuration] + arguments
        process = try ChildProcess(command[0], Array(command.dropFirst()), environment: environment)
        try await process.seen.wait(for: "the service to be ready", within: .patience) { seen in
            seen.exit != nil || seen.errors.contains { $0.contains(#""message":"ready""#) }
        }
        let line = process.seen.state.errors.first(where: Self.isPublicAddress)
        url = try line.flatMap { try json($0)["address"]?.string }.map { "http://\($0)" }
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
