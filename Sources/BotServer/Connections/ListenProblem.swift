import Glibc
import NIOCore

/// Why a server cannot listen at its address, in a sentence that says what to change.
package struct ListenProblem: Error, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// Somebody else listens there.
        case taken
        /// The process may not listen on that port, or make that socket.
        case notPermitted
        /// The address is not one of this machine.
        case notHere
        /// The name has no address, or the name service does not answer.
        case unknownName
        case other
    }

    package let code: Code
    package let description: String

    /// - Parameter setting: the key of the configuration that holds the address, for the sentence.
    /// - Returns: nil if the error has nothing to do with listening.
    package init?(_ error: any Error, at place: ListenPlace, setting: String) {
        switch error {
        case let error as IOError: code = Self.code(error.errnoCode)
        case is SocketAddressError.UnknownHost: code = .unknownName
        case is SocketAddressError: code = .other
        default: return nil
        }
        let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
        switch place {
        case .hostname(let host, let port):
            let shown = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
            description =
                "Cannot listen on \(shown) (`\(setting)`): \(Self.remedy(code, host: host, port: port, setting) ?? reason)"
        case .unixDomainSocket(let path):
            description =
                "Cannot make the socket \(path) (`\(setting)`): \(reason). Its folder must be there, on a local disk, and "
                + "writable for the user that runs clusterbot."
        }
    }

    private static func code(_ number: Int32) -> Code {
        switch number {
        case EADDRINUSE: .taken
        case EACCES, EPERM: .notPermitted
        case EADDRNOTAVAIL, EAFNOSUPPORT: .notHere
        default: .other
        }
    }

    /// What is wrong with a host and port, and what to do; nil where only the system knows.
    private static func remedy(_ code: Code, host: String, port: Int, _ setting: String) -> String? {
        switch code {
        case .taken:
            "something else listens there. Stop it (`ss -ltnp` lists who listens), or choose another port."
        case .notPermitted:
            port < 1024
                ? "this user may not listen on ports below 1024. Choose a port such as 8080, and let the reverse proxy in "
                    + "front listen on \(port)."
                : "the system does not permit it. Choose another port, or see what restricts this user (SELinux, the unit's "
                    + "`SocketBindDeny=`)."
        case .notHere:
            "this machine has no such address. Write one that it has (`ip addr` lists them), 127.0.0.1 for this machine "
                + "alone, or 0.0.0.0 for all of its addresses."
        case .unknownName:
            "the name \(host) has no address, or the name service does not answer. Write an address of this machine in its "
                + "place, such as 127.0.0.1."
        case .other: nil
        }
    }
}
