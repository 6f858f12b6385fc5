import CurlHTTP

extension CurlOrigin {
    /// Whether the host is this machine by what it is called: `localhost`, `::1` or an address in 127.0.0.0/8.
    ///
    /// Only such a host may be reached without TLS and inside the own network. libcurl has parsed the URL and has put
    /// odd spellings of IPv4 addresses (`0x7f.1`) into the usual form, so the host compared here is the one it connects to.
    var isLoopback: Bool {
        let host = host.lowercased()
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil }
    }
}
