import BotCore
import Hummingbird
import HummingbirdCore
import Logging
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle

/// An HTTP server whose connections have a bound and an end.
struct BoundedServer: Sendable {
    /// The server's name in the log.
    let name: String
    let address: ListenPlace
    /// The key of the configuration that holds the address, for messages.
    let setting: String
    /// The bound of connections.
    let maximum: Int
    /// Nil where requests are not counted.
    var metrics: RequestMetrics?
    /// The number of connections that the system keeps until they are taken on.
    var backlog = 256
    let clock: any BotClock
    let logger: Logger

    /// Makes the service that listens at the address. It ends with a ``ListenProblem`` if it cannot.
    /// - Parameter onListening: hears the port that the server got; nil for a Unix socket.
    func service<Context: RequestContext>(
        _ router: Router<Context>,
        onListening: @escaping @Sendable (Int?) async -> Void
    ) -> any Service where Context.Source == ApplicationRequestContextSource {
        let metrics = metrics
        let connections = Connections(name: name, maximum: maximum, clock: clock, logger: logger)
        let listens = NIOLockedValueBox(false)
        let server = Application(
            router: router,
            server: HTTPServerBuilder { responder in
                ServerConnection(responder: responder, connections: connections, metrics: metrics)
            },
            configuration: .init(
                address: address.bindAddress,
                serverName: nil,
                backlog: backlog,
                availableConnectionsDelegate: connections
            ),
            onServerRunning: { channel in
                listens.withLockedValue { $0 = true }
                await onListening(channel.localAddress?.port)
            },
            logger: Logger(label: logger.label) { _ in LibraryLog(logger.handler) }
        )
        return ListeningService(server: server, place: address, setting: setting, listens: listens)
    }
}
