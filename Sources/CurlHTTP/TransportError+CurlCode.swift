import CCurl

extension TransportError.Code {
    /// The meaning of libcurl's result, together with what our own callbacks decided.
    init(_ result: CURLcode, stopReason: TransportError.Code?, wasSent: Bool) {
        // 23 and 42: a callback said stop. 7 with a refused address: there was no other address to try.
        switch (result, stopReason) {
        case (CURLE_WRITE_ERROR, let reason?), (CURLE_ABORTED_BY_CALLBACK, let reason?):
            self = reason
            return
        case (CURLE_COULDNT_CONNECT, .addressRefused?):
            self = .addressRefused
            return
        default: break
        }
        switch result {
        // libcurl uses 1 also for a reply that is not HTTP/1 or newer.
        case CURLE_UNSUPPORTED_PROTOCOL: self = wasSent ? .protocolError : .badRequest
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNKNOWN_OPTION, CURLE_NOT_BUILT_IN,
            CURLE_LOGIN_DENIED:
            self = .badRequest
        case CURLE_COULDNT_RESOLVE_HOST: self = .dns
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: self = .proxy
        case CURLE_COULDNT_CONNECT: self = .connect
        case CURLE_OPERATION_TIMEDOUT: self = .timeout
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_INITFAILED:
            self = .tls
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2_STREAM:
            self = .connectionLost
        case CURLE_HTTP2, CURLE_WEIRD_SERVER_REPLY: self = .protocolError
        case CURLE_BAD_CONTENT_ENCODING: self = .badEncoding
        // libcurl's answer to a single header line beyond its own limit of 100 KiB, before our callback sees it.
        case CURLE_OUT_OF_MEMORY where wasSent: self = .headersTooLarge
        // The same since 8.6: CURLE_TOO_LARGE, which older headers do not name.
        case CURLcode(rawValue: 100) where wasSent: self = .headersTooLarge
        default: self = .other
        }
    }
}
