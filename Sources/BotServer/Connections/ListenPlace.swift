import HummingbirdCore

/// Where a server listens.
package enum ListenPlace: Hashable, Sendable {
    case hostname(String, port: Int)
    case unixDomainSocket(path: String)

    var bindAddress: BindAddress {
        switch self {
        case .hostname(let host, let port): .hostname(host, port: port)
        case .unixDomainSocket(let path): .unixDomainSocket(path: path)
        }
    }
}
