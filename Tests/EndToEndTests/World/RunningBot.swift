import TestSupport

/// The service as a process that listens.
struct RunningBot: Sendable {
    let process: ChildProcess
    /// `http://127.0.0.1:port`.
    let url: String
    private let running: RunningProcess

    /// - Parameter descriptors: how many it may have; nil: as many as the tests.
    init(
        configuration: String,
        environment: [String: String],
        arguments: [String] = [],
        descriptors: Int? = nil,
        user: SystemUser? = nil
    ) async throws {
        running = try await RunningProcess(
            configuration: configuration,
            environment: environment,
            arguments: arguments,
            descriptors: descriptors,
            user: user
        )
        process = running.process
        guard let url = running.url else {
            throw MissingTool(
                "the service did not start: \(process.seen.state.errors.joined(separator: "\n"))"
            )
        }
        self.url = url
    }

    /// Stops it as an operator does; its exit code.
    func stop() async throws -> Int32 { try await running.stop() }
}
