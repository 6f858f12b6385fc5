import BotCore

extension ActionSpec.ReplyKind {
    /// What is wrong with the data for a reply of this kind about this cluster; nil if nothing is.
    func flaw(of data: JSONValue?, cluster: Int) -> String? {
        switch self {
        case .cluster:
            guard let id = data?["id"]?.lenientInt else { return "`data` is no cluster" }
            return id == cluster ? nil : "`data` is about cluster \(id), not \(cluster)"
        case .reservedIP:
            return data?["id"]?.lenientInt == nil ? "`data` is no reserved IP" : nil
        case .emptyObject:
            return data?.object == nil ? "`data` is no object" : nil
        case .text:
            return data?.string == nil ? "`data` is no text" : nil
        }
    }
}
