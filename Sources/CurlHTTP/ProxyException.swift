/// Hosts that are reached without the proxy: an address, a network such as `10.0.0.0/8`, or a name with all names below it.
///
/// A network covers addresses that stand in URLs. A name is not looked up: the proxy is there because names outside cannot be.
package struct ProxyException: Hashable, Sendable {
    private enum Hosts: Hashable {
        case network(AddressRange)
        case name(String)
    }

    private let hosts: Hosts

    /// Understands `10.0.0.0/8`, `10.1.2.3`, `fd00::/8`, `corp.example` and `.corp.example`; nil for everything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if let address = PeerAddress(Self.bare(parts[0])) {
            let most = address.bytes.count * 8
            guard parts.count == 1 || parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let bits = parts.count == 1 ? most : Int(parts[1]), (0...most).contains(bits)
            else { return nil }
            hosts = .network(AddressRange(address.bytes, bits))
            return
        }
        let name = text.hasPrefix(".") ? String(text.dropFirst()) : text
        let labels = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        // A name whose last part is a number would be an address that was written wrong.
        guard let last = labels.last, !last.allSatisfy(\.isNumber),
            labels.allSatisfy({ $0.wholeMatch(of: /[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?/) != nil })
        else { return nil }
        hosts = .name(labels.joined(separator: "."))
    }

    /// Whether a host, as it stands in a URL, is one of these.
    func covers(_ host: String) -> Bool {
        switch hosts {
        case .network(let range):
            PeerAddress(Self.bare(host)).map { $0.bytes.count == range.prefix.count && range.contains($0.bytes) }
                ?? false
        case .name(let name):
            // A name may end with the root's point.
            [host.lowercased(), String(host.lowercased().dropLast(host.hasSuffix(".") ? 1 : 0))].contains {
                $0 == name || $0.hasSuffix("." + name)
            }
        }
    }

    /// Takes the brackets from an IPv6 address.
    private static func bare(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }
}
