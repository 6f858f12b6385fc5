import BotCore
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// An HTTP server whose connections have a bound and an end.
struct BoundedServer: Sendable {
    /// The server's name in the log.
    let name: String
    let address: BindAddress
    /// The bound of connections.
    let maximum: Int
    /// Nil where requests are not counted.
    var metrics: RequestMetrics?
    /// The number of connections that the system keeps until they are taken on.
    var backlog = 256
    let clock: any BotClock
    let logger: Logger

    /// Makes the service that listens at the address.
    /// - Parameter onListening: hears the port that the server got; nil for a Unix socket.
    func service<Context: RequestContext>(
        _ router: Router<Context>,
        onListening: @escaping @Sendable (Int?) async -> Void
    ) -> any Service where Context.Source == ApplicationRequestContextSource {
        let metrics = metrics
        let connections = Connections(name: name, maximum: maximum, clock: clock, logger: logger)
        return Application(
            router: router,
            server: HTTPServerBuilder { responder in
                ServerConnection(responder: responder, connections: connections, metrics: metrics)
            },
            configuration: .init(
                address: address,
                serverName: nil,
                backlog: backlog,
                availableConnectionsDelegate: connections
            ),
            onServerRunning: { channel in await onListening(channel.localAddress?.port) },
            logger: logger
        )
    }
}
