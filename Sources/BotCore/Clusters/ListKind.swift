/// A kind of things in a project that actions name by a number.
package enum ListKind: String, Hashable, Sendable, CaseIterable {
    case images
    case sshKeys = "SSH keys"
    case securityGroups = "security groups"
    case reservedIPs = "reserved IPs"

    /// One of them, as texts call it: `SSH key`.
    package var noun: String {
        switch self {
        case .images: "image version"
        case .sshKeys: "SSH key"
        case .securityGroups: "security group"
        case .reservedIPs: "reserved IP"
        }
    }
}
