import BotCore

/// The answer to a request at the service's socket.
package struct SocketAnswer: Hashable, Sendable {
    /// The status of HTTP.
    package let status: Int
    package let body: JSONValue

    package init(_ status: Int, _ body: JSONValue) {
        self.status = status
        self.body = body
    }
}
