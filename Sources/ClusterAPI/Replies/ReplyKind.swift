import BotCore

/// What `data` holds when the API has accepted an action.
enum ReplyKind: Sendable {
    case cluster
    case reservedIP
    /// An empty object.
    case nothing
    /// A sentence.
    case text

    init(_ spec: ActionSpec) {
        switch spec.name {
        case "attach_ip": self = .reservedIP
        case "detach_ip": self = .nothing
        case "add_security_group", "remove_security_group": self = .text
        default: self = .cluster
        }
    }

    /// What is wrong with the data for a reply of this kind about this cluster; nil if nothing is.
    func flaw(of data: JSONValue?, cluster: Int) -> String? {
        switch self {
        case .cluster:
            guard let id = data?["id"]?.lenientInt else { return "`data` is no cluster" }
            return id == cluster ? nil : "`data` is about cluster \(id), not \(cluster)"
        case .reservedIP:
            return data?["id"]?.lenientInt == nil ? "`data` is no reserved IP" : nil
        case .nothing:
            return data?.object == nil ? "`data` is no object" : nil
        case .text:
            return data?.string == nil ? "`data` is no text" : nil
        }
    }
}
