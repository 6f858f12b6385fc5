import CCurl

/// Every option of a handle in one place, each answer of libcurl checked: an option that did not take is a guard lost.
extension Transfer {
    /// The slowest pace: less than this for `stallTimeout` counts as stalled.
    private static let stallBytesPerSecond = 10
    /// A kept connection keeps the verdict on a certificate that may have changed since, and the longer it idles the
    /// likelier the server has closed it.
    private static let maximumIdleSeconds = 30
    private static let maximumConnectionAgeSeconds = 300

    func configure() throws(TransportError) {
        try setDestination()
        try setSurroundings()
        try setMessage()
        try setTLS()
        try setTimes()
        try setReuse()
        try setCallbacks()
    }

    private func setDestination() throws(TransportError) {
        let allowed = call.request.allowsPlainHTTP ? ["https", "http"] : ["https"]
        guard allowed.contains(url.origin.scheme) else {
            throw TransportError(code: .badRequest, delivery: .notSent, detail: "scheme \(url.origin.scheme)")
        }
        try check(ccurl_set_url(easy, url.handle))
        // The URL's parser has refused user names already; this is for the day somebody sets a URL another way.
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        // libcurl also speaks file, smb, ldap and others.
        let protocols = allowed.joined(separator: ",")
        try set(CURLOPT_PROTOCOLS_STR, protocols)
        try set(CURLOPT_REDIR_PROTOCOLS_STR, protocols)
        // A redirect is an answer to judge, not to obey.
        try set(CURLOPT_FOLLOWLOCATION, 0)
    }

    /// Sets the options that keep the environment from deciding about a request.
    private func setSurroundings() throws(TransportError) {
        // Otherwise `http_proxy`, `no_proxy` and their like in the environment would.
        try set(CURLOPT_PROXY, proxy ?? "")
        try set(CURLOPT_NOPROXY, "")
        // Also for http, or the proxy would read the request, and its key.
        if proxy != nil { try set(CURLOPT_HTTPPROXYTUNNEL, 1) }
        if let path = call.request.unixSocket { try set(CURLOPT_UNIX_SOCKET_PATH, path) }
        try set(CURLOPT_NETRC, ccurl_netrc_ignored)
        // Signals are not for libraries in programs with threads; SIGPIPE is ignored process-wide.
        try set(CURLOPT_NOSIGNAL, 1)
        // Without it libcurl waits for the thread that looks up a name when a transfer ends early, and with it every
        // other transfer waits: a look-up that hangs four seconds froze everything for four seconds.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_VERBOSE, 0)
        try set(CURLOPT_HTTP09_ALLOWED, 0)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    }

    private func setMessage() throws(TransportError) {
        let request = call.request
        try check(ccurl_set_headers(easy, headers.first))
        // Some servers compress what nobody asked to be compressed. Everything that this libcurl knows is undone; the
        // header itself is the list's. What comes out counts against `maximumBodyBytes`.
        try set(CURLOPT_ACCEPT_ENCODING, "")
        switch request.method {
        case .get:
            guard request.body == nil else {
                throw TransportError(code: .badRequest, delivery: .notSent, detail: "GET with a body")
            }
            try set(CURLOPT_HTTPGET, 1)
        case .delete where request.body == nil:
            try set(CURLOPT_HTTPGET, 1)
            try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        case .post, .put, .delete:
            try set(CURLOPT_POST, 1)
            // The size first: without it libcurl measures the bytes as a C string.
            try check(ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body?.count ?? 0)))
            try check(ccurl_set_pointer(easy, CURLOPT_POSTFIELDS, body.baseAddress))
            if request.method != .post { try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        }
    }

    private func setTLS() throws(TransportError) {
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, ccurl_tls_1_2_or_newer)
        guard let file = call.request.caFile else {
            guard let own = call.egress.caFile else { return }
            // The system's folder of authorities goes on counting beside the file.
            try set(CURLOPT_CAINFO, own)
            return try set(CURLOPT_PROXY_CAINFO, own)
        }
        try set(CURLOPT_CAINFO, file)
        // Or the system's folder of authorities would still count beside the file.
        try check(ccurl_set_string(easy, CURLOPT_CAPATH, nil))
    }

    private func setTimes() throws(TransportError) {
        let request = call.request
        let left = call.deadline - .now
        guard left > .zero else { throw TransportError(code: .timeout, delivery: .notSent, detail: "while queued") }
        try set(CURLOPT_TIMEOUT_MS, left.curlMilliseconds)
        try set(CURLOPT_CONNECTTIMEOUT_MS, min(request.connectTimeout, left).curlMilliseconds)
        guard request.sending == .repeatable else { return }
        try set(CURLOPT_LOW_SPEED_LIMIT, Self.stallBytesPerSecond)
        try set(CURLOPT_LOW_SPEED_TIME, (request.stallTimeout.curlMilliseconds + 999) / 1000)
    }

    private func setReuse() throws(TransportError) {
        try set(CURLOPT_MAXAGE_CONN, Self.maximumIdleSeconds)
        try set(CURLOPT_MAXLIFETIME_CONN, Self.maximumConnectionAgeSeconds)
        guard call.request.sending == .single, call.request.guards.contains(.ownConnection) else {
            // HTTP/2 where TLS negotiates it, HTTP/1.1 otherwise.
            try set(CURLOPT_HTTP_VERSION, ccurl_http_2_over_tls)
            return
        }
        // libcurl sends a request again, POST or not, when a *reused* connection dies before the reply, and when an
        // HTTP/2 server refuses a stream. A connection of its own and HTTP/1.1 take away both occasions.
        try set(CURLOPT_FRESH_CONNECT, 1)
        try set(CURLOPT_FORBID_REUSE, 1)
        try set(CURLOPT_HTTP_VERSION, ccurl_http_1_1)
    }

    func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
        try check(ccurl_set_long(easy, option, value))
    }

    func set(_ option: CURLoption, _ value: String) throws(TransportError) {
        guard !value.utf8.contains(0) else {
            throw TransportError(code: .badRequest, delivery: .notSent, detail: "an option contains a NUL")
        }
        try check(ccurl_set_string(easy, option, value))
    }

    func check(_ result: CURLcode) throws(TransportError) {
        guard result != CURLE_OK else { return }
        throw TransportError(
            code: .init(result, stopReason: nil, wasSent: false),
            delivery: .notSent,
            curl: Int32(result.rawValue),
            detail: "an option was not accepted"
        )
    }
}
