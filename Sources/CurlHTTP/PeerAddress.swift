import CCurl

/// The address of the machine at the other end, for the rule that addresses from outside must not lead inside.
struct PeerAddress: Equatable {
    /// The address in network order: 4 or 16 bytes.
    let bytes: [UInt8]

    /// A numeric address, as libcurl gives it for an open connection.
    init?(_ text: UnsafePointer<CChar>) {
        self.init { ccurl_parse_address(text, $0) }
    }

    /// An address that libcurl is about to connect to.
    init?(_ address: UnsafePointer<curl_sockaddr>) {
        self.init { ccurl_address_bytes(address, $0) }
    }

    private init?(filledBy fill: (UnsafeMutablePointer<UInt8>?) -> Int32) {
        var room = [UInt8](repeating: 0, count: 16)
        let count = room.withUnsafeMutableBufferPointer { fill($0.baseAddress) }
        guard count == 4 || count == 16 else { return nil }
        bytes = Array(room.prefix(Int(count)))
    }

    /// Whether the address belongs to the public internet. What is not known to, does not.
    var isPublic: Bool {
        if bytes.count == 4 { return !Self.notPublicV4.contains { $0.contains(bytes) } }
        if Self.translatedV4.contains(bytes) {
            return !Self.notPublicV4.contains { $0.contains(Array(bytes.suffix(4))) }
        }
        // Outside 2000::/3 lie loopback, unspecified, mapped and compatible IPv4, unique local, link-local, multicast.
        return Self.globalV6.contains(bytes) && !Self.notPublicV6.contains { $0.contains(bytes) }
    }

    /// IANA's IPv4 special-purpose registry, and multicast.
    private static let notPublicV4: [AddressRange] = [
        AddressRange([0], 8),  // "this" network, unspecified
        AddressRange([10], 8),  // private
        AddressRange([100, 64], 10),  // shared by carriers (CGNAT)
        AddressRange([127], 8),  // loopback
        AddressRange([169, 254], 16),  // link-local, cloud metadata
        AddressRange([172, 16], 12),  // private
        AddressRange([192, 0, 0], 24),  // protocol assignments
        AddressRange([192, 0, 2], 24),  // documentation
        AddressRange([192, 88, 99], 24),  // former 6to4 relays
        AddressRange([192, 168], 16),  // private
        AddressRange([198, 18], 15),  // benchmarks
        AddressRange([198, 51, 100], 24),  // documentation
        AddressRange([203, 0, 113], 24),  // documentation
        AddressRange([224], 4),  // multicast
        AddressRange([240], 4),  // reserved, broadcast
    ]

    private static let globalV6 = AddressRange([0x20], 3)
    /// NAT64: the public internet as seen from networks that only speak IPv6. The last four bytes decide.
    private static let translatedV4 = AddressRange([0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96)

    private static let notPublicV6: [AddressRange] = [
        AddressRange([0x20, 0x01, 0x00, 0x00], 23),  // protocol assignments, Teredo (which carries an IPv4 address)
        AddressRange([0x20, 0x01, 0x0d, 0xb8], 32),  // documentation
        AddressRange([0x20, 0x02], 16),  // 6to4 (which carries an IPv4 address)
        AddressRange([0x3f, 0xff, 0x00], 20),  // documentation
    ]
}
