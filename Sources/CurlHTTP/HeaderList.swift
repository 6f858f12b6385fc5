import CCurl

/// The header lines of a request, checked, as the list that libcurl reads from (it does not copy it).
final class HeaderList {
    /// Valid as long as this object.
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    /// The headers that frame the message or steer the connection. A second copy of one, disagreeing with libcurl's own, is
    /// how requests are smuggled; and with `Expect` a server can make libcurl send a request again.
    private static let reserved: Set<String> = [
        "connection", "content-length", "expect", "host", "http2-settings", "keep-alive", "proxy-connection", "te",
        "trailer", "transfer-encoding", "upgrade",
    ]

    init(_ headers: [(name: String, value: String)]) throws(TransportError) {
        for header in headers {
            try append(Self.line(header.name, header.value))
        }
        // "Name:" removes a header that libcurl would add by itself.
        try append("Expect:")
        if !headers.contains(where: { $0.name.lowercased() == "content-type" }) { try append("Content-Type:") }
        // libcurl undoes only what it is told it may ask for, and would ask for it. Here it asks for none.
        if !headers.contains(where: { $0.name.lowercased() == "accept-encoding" }) {
            try append("Accept-Encoding: identity")
        }
    }

    deinit {
        curl_slist_free_all(first)
    }

    private func append(_ line: String) throws(TransportError) {
        guard let longer = curl_slist_append(first, line) else {
            throw TransportError(code: .other, delivery: .notSent, curl: Int32(CURLE_OUT_OF_MEMORY.rawValue))
        }
        first = longer
    }

    /// Makes a header's line. libcurl sends what it is given: a line break in a value would start another header or request.
    static func line(_ name: String, _ value: String) throws(TransportError) -> String {
        guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else { throw refused("a header's name is not a token") }
        guard !reserved.contains(name.lowercased()) else { throw refused("the header \(name) is set by libcurl only") }
        let tab = UInt8(ascii: "\t")
        guard value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7f) || $0 == tab }) else {
            throw refused("the header \(name) contains a control character")
        }
        // Without a value the colon would mean "leave it out"; a semicolon means "send it empty".
        return value.utf8.allSatisfy({ $0 == tab || $0 == UInt8(ascii: " ") }) ? "\(name);" : "\(name): \(value)"
    }

    /// Whether a byte may stand in a header's name (RFC 9110, 5.6.2).
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func refused(_ reason: String) -> TransportError {
        TransportError(code: .badRequest, delivery: .notSent, detail: reason)
    }
}
