/// The way out of the network that the service stands in. It comes from the configuration alone: the environment's proxies
/// are never used.
package struct Egress: Hashable, Sendable {
    /// The proxy's URL, `http://proxy.corp:3128`; nil: every host is reached directly. All that goes through it is TLS in
    /// a tunnel (`CONNECT`), so the proxy sees hosts, and no keys.
    package var proxy: String?
    /// The hosts that are reached without the proxy. This machine itself always is.
    package var noProxy: [ProxyException]
    /// A PEM file of authorities that count beside the system's own.
    package var caFile: String?

    package static let direct = Egress()

    package init(proxy: String? = nil, noProxy: [ProxyException] = [], caFile: String? = nil) {
        self.proxy = proxy
        self.noProxy = noProxy
        self.caFile = caFile
    }

    /// Returns the proxy for a host as it stands in a URL; nil if the host is reached directly.
    package func proxy(for host: String) -> String? {
        Self.thisMachine.contains { $0.covers(host) } || noProxy.contains { $0.covers(host) } ? nil : proxy
    }

    private static let thisMachine = ["localhost", "127.0.0.0/8", "::1"].compactMap(ProxyException.init)
}
