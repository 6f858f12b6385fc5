import Logging
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import BotServer

/// What becomes of a connection that was accepted while the server ended.
@Suite(.timeLimit(.minutes(1))) struct AcceptedConnectionTests {
    /// Without that, the whole process would end with it.
    @Test func whoIsServedByNobodyIsClosed() async throws {
        let connections = Connections(
            name: "public",
            maximum: 3,
            clock: StandingClock(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let server = ServerConnection(responder: { _, _, _ in }, connections: connections, metrics: nil)
        let channel = NIOAsyncTestingChannel()
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).get()
        _ = try await channel.testingEventLoop.executeInContext {
            server.setup(channel: channel, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }
        try await channel.closeFuture.get()
        #expect(!channel.isActive)
    }
}
