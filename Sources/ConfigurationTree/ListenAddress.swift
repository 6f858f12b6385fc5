/// A host and port to listen on.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// The name or address; an IPv6 address without its brackets.
    package let host: String
    /// The port; 0: any free one.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
