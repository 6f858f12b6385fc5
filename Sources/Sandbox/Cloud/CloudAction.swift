/// One of the nine Cluster Actions with its fields, read from a request's body as strictly as a real service would.
enum CloudAction: Sendable, Equatable {
    case updateSSHKeys([Int])
    case updateImage(Int)
    case restartWorkers
    case restartCluster
    case scaleCluster(Int)
    case attachIP(Int)
    case detachIP(Int, type: String)
    case addSecurityGroups([Int])
    case removeSecurityGroup(Int)

    /// The fields that each action needs besides `action`.
    static let fields: [String: [String]] = [
        "update_ssh_keys": ["ssh_key_ids"],
        "update_image": ["image_version_id"],
        "restart_workers": [],
        "restart_cluster": [],
        "scale_cluster": ["additional_nodes"],
        "attach_ip": ["reserved_ip_id"],
        "detach_ip": ["reserved_ip_id", "ip_type"],
        "add_security_group": ["security_groups_ids"],
        "remove_security_group": ["security_group_id"],
    ]

    init(body: SandboxJSON, rejectingSurplus: Bool) throws(CloudRefusal) {
        guard case .object(let members) = body else {
            throw .invalid("non_field_errors", "Invalid data. Expected a dictionary.")
        }
        guard let action = members["action"] else { throw .invalid("action", "This field is required.") }
        guard let name = action.string, let fields = Self.fields[name] else {
            throw .invalid("action", "\"\(action.string ?? action.text)\" is not a valid choice.")
        }
        if rejectingSurplus,
            let surplus = members.keys.sorted().first(where: { $0 != "action" && !fields.contains($0) })
        {
            throw .invalid(surplus, "This field is not allowed for \(name).")
        }
        switch name {
        case "update_ssh_keys": self = .updateSSHKeys(try Self.integers("ssh_key_ids", of: members))
        case "update_image": self = .updateImage(try Self.integer("image_version_id", of: members))
        case "restart_workers": self = .restartWorkers
        case "restart_cluster": self = .restartCluster
        case "scale_cluster": self = .scaleCluster(try Self.integer("additional_nodes", of: members))
        case "attach_ip": self = .attachIP(try Self.integer("reserved_ip_id", of: members))
        case "detach_ip":
            let id = try Self.integer("reserved_ip_id", of: members)
            self = .detachIP(id, type: try Self.string("ip_type", of: members))
        case "add_security_group": self = .addSecurityGroups(try Self.integers("security_groups_ids", of: members))
        default: self = .removeSecurityGroup(try Self.integer("security_group_id", of: members))
        }
    }

    private static func present(_ name: String, of members: [String: SandboxJSON]) throws(CloudRefusal) -> SandboxJSON {
        guard let value = members[name] else { throw .invalid(name, "This field is required.") }
        guard value != .null else { throw .invalid(name, "This field may not be null.") }
        return value
    }

    private static func integer(_ name: String, of members: [String: SandboxJSON]) throws(CloudRefusal) -> Int {
        guard let value = try present(name, of: members).int else {
            throw .invalid(name, "A valid integer is required.")
        }
        guard value >= 1 else { throw .invalid(name, "Ensure this value is greater than or equal to 1.") }
        return value
    }

    private static func integers(_ name: String, of members: [String: SandboxJSON]) throws(CloudRefusal) -> [Int] {
        guard let items = try present(name, of: members).array else {
            throw .invalid(name, "Expected a list of items.")
        }
        guard !items.isEmpty else { throw .invalid(name, "This list may not be empty.") }
        var integers: [Int] = []
        for item in items {
            guard let value = item.int, value >= 1 else { throw .invalid(name, "A valid integer is required.") }
            guard !integers.contains(value) else { throw .invalid(name, "\(value) is listed twice.") }
            integers.append(value)
        }
        return integers
    }

    private static func string(_ name: String, of members: [String: SandboxJSON]) throws(CloudRefusal) -> String {
        guard let value = try present(name, of: members).string else { throw .invalid(name, "Not a valid string.") }
        return value
    }
}
