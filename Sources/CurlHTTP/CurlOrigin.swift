import CCurl

/// The origin of a URL as libcurl itself understands it, for rules about hosts. A second parser would sooner or later
/// disagree with the one that connects.
package struct CurlOrigin: Sendable, Hashable, CustomStringConvertible {
    /// The scheme in lower case.
    package let scheme: String
    /// The host as in the URL; numeric IPv4 forms are normalised, IPv6 is in brackets.
    package let host: String
    package let port: Int

    /// Fails with `badRequest` for what libcurl cannot parse, and for URLs with a user name or password.
    package init(_ url: String) throws(TransportError) {
        self = try RequestURL(url).origin
    }

    init(scheme: String, host: String, port: Int) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    package var description: String { "\(scheme)://\(host):\(port)" }
}
