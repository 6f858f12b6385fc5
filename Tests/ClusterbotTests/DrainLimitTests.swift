import BotServer
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import clusterbot

/// How the process ends when what is under way does not.
@Suite struct DrainLimitTests {
    /// Something that is being sent and does not end by itself.
    private struct Sending: Service {
        let lasts: Duration

        func run() async throws {
            try? await gracefulShutdown()
            try? await Task.sleep(for: lasts)
        }
    }

    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// - Parameter limit: how long the end may take.
    private func run(_ sending: Duration, within limit: Duration) async throws {
        let readiness = Readiness(parts: []) { nil }
        let services: [any Service] = [
            DrainLimit(readiness: readiness, logger: logger, endProcess: {}), Sending(lasts: sending),
            DrainService(readiness: readiness),
        ]
        var configuration = ServiceGroupConfiguration(services: services.map { .init(service: $0) }, logger: logger)
        configuration.maximumGracefulShutdownDuration = limit
        let group = ServiceGroup(configuration: configuration)
        async let end: Void = group.run()
        await group.triggerGracefulShutdown()
        try await end
    }

    @Test func whatEndsInTimeIsAnOrderlyEnd() async throws { try await run(.zero, within: .patience) }

    @Test func whatIsCutShortIsNoOrderlyEnd() async throws {
        await #expect(throws: DrainLimit.CutShort.self) { try await run(.patience, within: .milliseconds(500)) }
    }

    @Test func aSendingHasItsWholeTimeAndSomeMore() {
        #expect(ServeCommand.drain(longestCall: .seconds(120)) == .seconds(135))
    }
}
