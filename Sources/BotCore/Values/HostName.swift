/// The host of a URL or of an address to listen on, as it is written there. Nothing is looked up.
package struct HostName: Hashable, Sendable {
    /// The host in lower case; an IPv6 address without its brackets.
    private let text: String

    /// - Parameter text: a name or an address; an IPv6 address with or without its brackets.
    package init(_ text: String) {
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
        self.text = (isBracketed ? String(text.dropFirst().dropLast()) : text).lowercased()
    }

    /// Whether the host is this machine by its very name: `localhost`, `::1` or an address in 127.0.0.0/8.
    ///
    /// Only such a host may be reached without TLS and inside the own network. Odd spellings (`0x7f.1`) do not count: who
    /// reads a URL with libcurl first gets them in the usual form.
    package var isLoopback: Bool {
        if text == "localhost" || text == "::1" { return true }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil }
    }
}
