/// One HTTP request for libcurl.
///
/// Redirects are not followed, no proxy but that of ``Egress``, no `.netrc`, cookie or stored credential is used, and nothing is sent but what is
/// in here plus `Host`, `Accept: */*`, `Accept-Encoding: identity` and `Content-Length`.
package struct CurlRequest: Sendable {
    package enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    /// The freedom that libcurl has with a request.
    package enum Sending: String, Sendable, CaseIterable {
        /// The request must not be sent twice whatever happens: fresh connection, no reuse, HTTP/1.1, a second sending is
        /// refused.
        case single
        /// The request may reuse connections, as reads and posts do. libcurl sends such a request again by itself when a reused
        /// connection dies before the first byte of the reply.
        case repeatable
    }

    package var method: Method
    /// The absolute URL, `https` (or `http` where `allowsPlainHTTP`), without user name or password.
    package var url: String
    /// The headers as they are sent. Line breaks, NUL and other control characters are refused (`badRequest`), and so are the
    /// headers that frame a message (`Content-Length`, `Transfer-Encoding`, `Expect`, `Host`, …): those are libcurl's.
    package var headers: [(name: String, value: String)]
    /// The body; none with `get`. No `Content-Type` is sent unless it is among `headers`.
    package var body: [UInt8]?
    package var sending: Sending
    /// The limit for the look-up of the name, the connection and TLS. Waiting for a free connection to the host counts against
    /// `totalTimeout` only.
    package var connectTimeout: Duration
    /// The limit from the call of `execute` to the last byte of the reply, all waiting included. At most a day.
    package var totalTimeout: Duration
    /// A `repeatable` request is given up when fewer than 10 bytes a second arrive for this long (whole seconds, at
    /// least one). `single` ones are given their whole `totalTimeout`: a late answer is worth more than none.
    package var stallTimeout: Duration
    /// A longer body ends the call with `bodyTooLarge`; of a compressed one what comes out of it counts.
    package var maximumBodyBytes: Int
    /// Whether the URL may be `http`; otherwise only `https`.
    package var allowsPlainHTTP: Bool
    /// Whether the peer may be inside the own machine or network; otherwise it is refused (`addressRefused`), whatever its
    /// name.
    package var allowsPrivateAddress: Bool
    /// A Unix socket to connect to instead of the URL's host.
    package var unixSocket: String?
    /// A PEM file that replaces the system's certificate authorities for this request.
    package var caFile: String?
    /// A guard that is asked in the last moment before the first byte; false aborts (`refusedByCaller`). For a send-by
    /// deadline or a lost lease. Runs on the thread that serves all transfers: it must not block.
    package var mayStillSend: (@Sendable () -> Bool)?

    /// The guards of a `single` request; fewer than all only in tests, to see each work without the others.
    var guards: SingleSendGuards = .all

    package init(
        method: Method = .get,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        sending: Sending,
        connectTimeout: Duration = .seconds(5),
        totalTimeout: Duration = .seconds(30),
        stallTimeout: Duration = .seconds(15),
        maximumBodyBytes: Int = 1024 * 1024,
        allowsPlainHTTP: Bool = false,
        allowsPrivateAddress: Bool = false,
        caFile: String? = nil,
        mayStillSend: (@Sendable () -> Bool)? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.sending = sending
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
        self.stallTimeout = stallTimeout
        self.maximumBodyBytes = maximumBodyBytes
        self.allowsPlainHTTP = allowsPlainHTTP
        self.allowsPrivateAddress = allowsPrivateAddress
        self.caFile = caFile
        self.mayStillSend = mayStillSend
    }
}

// URL, headers and body carry secrets (a key in the query, a bearer token); printing a request must not show them.
extension CurlRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(method.rawValue) request (\(sending.rawValue))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
