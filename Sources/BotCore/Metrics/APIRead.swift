/// A read of the cluster API, as metrics and logs name it. Actions go by their own names.
package enum APIRead: String, Sendable, CaseIterable {
    case cluster = "read_cluster"
    case reservedIPs = "read_reserved_ips"
    case other = "read_other"
}
