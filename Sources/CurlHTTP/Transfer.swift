import CCurl
import CrashPoints

/// One request on its way through libcurl: the handle, everything the handle points to, and what was seen so far.
///
/// Lives on the transport's thread and nowhere else. libcurl keeps pointers to it and into it, so it is removed from
/// the multi handle before it goes.
final class Transfer {
    let call: Call
    let easy: UnsafeMutableRawPointer
    let url: RequestURL
    /// The proxy that the request goes through; nil: it goes to its host.
    let proxy: String?
    let headers: HeaderList
    /// Owned memory with a stable address: libcurl reads it whenever it likes.
    let body: UnsafeMutableBufferPointer<UInt8>
    let errorText: UnsafeMutableBufferPointer<CChar>
    var reply: ReplyCollector
    /// The number of times the request was allowed to leave. The only basis of `delivery`.
    private(set) var sendings = 0
    /// The reason why a callback made libcurl stop; libcurl's own code does not tell.
    var stopReason: TransportError.Code?

    /// Prepares a transfer. It fails without anything having been sent.
    init(_ call: Call) throws(TransportError) {
        let request = call.request
        url = try RequestURL(request.url)
        proxy = request.unixSocket == nil ? call.egress.proxy(for: url.origin.host) : nil
        headers = try HeaderList(request.headers)
        guard let easy = curl_easy_init() else {
            throw TransportError(code: .other, delivery: .notSent, detail: "no handle")
        }
        self.easy = easy
        self.call = call
        reply = ReplyCollector(maximumBodyBytes: request.maximumBodyBytes)
        let bytes = request.body ?? []
        body = .allocate(capacity: max(1, bytes.count))
        _ = body.initialize(from: bytes)
        errorText = .allocate(capacity: ccurl_error_buffer_size)
        errorText.initialize(repeating: 0)
        try configure()
    }

    deinit {
        curl_easy_cleanup(easy)
        body.deallocate()
        errorText.deallocate()
    }

    /// Decides before each sending, with the address of the connected peer; false stops it.
    func maySend(to peer: PeerAddress?) -> Bool {
        let request = call.request
        if !mayLead(to: peer) {
            stopReason = .addressRefused
            return false
        }
        if request.sending == .single && request.guards.contains(.countedSendings) && sendings > 0 {
            stopReason = .duplicateSendRefused
            return false
        }
        if let mayStillSend = request.mayStillSend, !mayStillSend() {
            stopReason = .refusedByCaller
            return false
        }
        sendings += 1
        if request.mayStillSend != nil { CrashPoint.lastMomentBeforeSending.pass() }
        return true
    }

    /// Decides before each connection attempt, so that an inner address does not even see one. A kept connection is not
    /// opened again, which is why `maySend` asks once more.
    func mayConnect(to peer: PeerAddress?) -> Bool {
        if mayLead(to: peer) {
            if call.request.mayStillSend != nil { CrashPoint.socketOpens.pass() }
            return true
        }
        stopReason = .addressRefused
        return false
    }

    /// Whether the request may go to that peer. Through a proxy the peer is the proxy, which the configuration names and
    /// which may stand inside; then the URL's own address decides. Names are the proxy's to look up.
    private func mayLead(to peer: PeerAddress?) -> Bool {
        guard !call.request.allowsPrivateAddress else { return true }
        guard proxy != nil else { return peer?.isPublic == true }
        return PeerAddress(url.origin.host.filter { $0 != "[" && $0 != "]" })?.isPublic ?? true
    }

    var delivery: TransportError.Delivery { sendings == 0 ? .notSent : .unknown }

    /// The end that this program decided on, not libcurl.
    func ended(_ code: TransportError.Code) -> TransportError {
        TransportError(code: code, delivery: delivery)
    }

    /// The end as libcurl reports it.
    func outcome(_ result: CURLcode) -> Result<CurlResponse, TransportError> {
        guard result == CURLE_OK else {
            var code = TransportError.Code(result, stopReason: stopReason, wasSent: sendings > 0)
            // Every connection is one to the proxy, and before the request it is lost only where the proxy refuses the
            // tunnel.
            if code == .connect || code == .connectionLost, proxy != nil, sendings == 0 { code = .proxy }
            return .failure(
                TransportError(code: code, delivery: delivery, curl: Int32(result.rawValue), detail: detail(result))
            )
        }
        // libcurl is content with a connection that ends amid the headers.
        guard reply.hasAllHeaders else { return .failure(ended(.connectionLost)) }
        // Only now: during an exchange the status can be that of an interim reply.
        var status = 0
        guard ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK, status >= 200 else {
            return .failure(ended(.protocolError))
        }
        return .success(CurlResponse(status: status, headers: reply.headers, body: reply.body))
    }

    private func detail(_ result: CURLcode) -> String {
        let text = errorText.first == 0 ? curl_easy_strerror(result) : UnsafePointer(errorText.baseAddress)
        return "\(url.origin): \(text.map { String(cString: $0) } ?? "")"
    }
}
