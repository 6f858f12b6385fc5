import CCurl

/// A URL, parsed once and by libcurl; what was checked is exactly what is connected to.
final class RequestURL {
    /// Valid as long as this object.
    let handle: OpaquePointer
    let origin: CurlOrigin

    init(_ text: String) throws(TransportError) {
        // As a C string it would end there, and the rest would be dropped without a word.
        guard !text.utf8.contains(0) else { throw Self.refused("the URL contains a NUL") }
        guard let handle = curl_url() else { throw TransportError(code: .other, delivery: .notSent) }
        do throws(TransportError) {
            let result = curl_url_set(handle, CURLUPART_URL, text, ccurl_url_no_user)
            guard result == CURLUE_OK else {
                throw Self.refused("the URL is not valid or carries a user name (code \(result.rawValue))")
            }
            guard let scheme = Self.part(CURLUPART_SCHEME, of: handle),
                let host = Self.part(CURLUPART_HOST, of: handle), !host.isEmpty,
                let port = Self.part(CURLUPART_PORT, of: handle).flatMap(Int.init)
            else { throw Self.refused("the URL names no host or an unknown scheme") }
            origin = CurlOrigin(scheme: scheme.lowercased(), host: host, port: port)
        } catch {
            curl_url_cleanup(handle)
            throw error
        }
        self.handle = handle
    }

    deinit {
        curl_url_cleanup(handle)
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, ccurl_url_default_port) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    private static func refused(_ reason: String) -> TransportError {
        TransportError(code: .badRequest, delivery: .notSent, detail: reason)
    }
}
