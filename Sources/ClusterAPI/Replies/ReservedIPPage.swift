import BotCore

/// One page of the project's reserved IPs.
struct ReservedIPPage {
    /// The owner of an address that is attached to something that the API does not name by a number. Its own ids begin
    /// with 1. Such an address must not be taken for a free one: that would prove a detachment that did not happen.
    static let unnamedOwner = 0

    let addresses: [Int: ClusterReading.ReservedIP]

    /// Reads a page; nil if there is no list, or an entry has no readable id: an address that is left out looks free.
    init?(_ data: JSONValue?, redactor: Redactor) {
        guard let list = data?["reserved_ips"]?.array ?? data?.array else { return nil }
        var addresses: [Int: ClusterReading.ReservedIP] = [:]
        for entry in list {
            guard let id = entry["id"]?.lenientInt else { return nil }
            let address = entry["ip_address"]?.string.map { redactor.excerpt(of: $0, limit: 64) }
            addresses[id] = ClusterReading.ReservedIP(address: address, owner: Self.owner(entry))
        }
        self.addresses = addresses
    }

    private static func owner(_ entry: JSONValue) -> Int? {
        if let id = entry["service_id"]?.lenientInt, id > 0 { return id }
        let signs = [entry["service_id"], entry["service_name"], entry["service_type"]]
        let isAttached = signs.contains { sign in
            switch sign {
            case nil, .null, .int(0), .string(""), .string("0"): false
            default: true
            }
        }
        return isAttached ? unnamedOwner : nil
    }
}
