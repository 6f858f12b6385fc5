import FoundationEssentials

extension CloudWorld {
    /// Finds a cluster's index; throws 404 if the caller's project and location have none of that id.
    func index(ofCluster id: Int, for call: CloudCall) throws(CloudRefusal) -> Int {
        let found = clusters.firstIndex {
            $0.id == id && $0.projectID == call.projectID && $0.location == call.location
        }
        guard let found else { throw .refused(404, "Cluster not found") }
        return found
    }

    /// The reply to a read.
    func read(_ call: CloudCall, at now: Date) throws(CloudRefusal) -> SandboxJSON {
        switch call.route {
        case .act(let id), .cluster(let id):
            return envelope(object(clusters[try index(ofCluster: id, for: call)], at: now))
        case .clusters:
            let mine = clusters.filter { $0.projectID == call.projectID && $0.location == call.location }
            return try page(mine.map { object($0, at: now) }, call)
        case .plans:
            return envelope([sku(nodes: 1, location: call.location ?? "")])
        case .images(let framework):
            guard call.parameters["job_type"] == framework else {
                throw .invalid("job_type", "\"\(call.parameters["job_type"] ?? "")\" is not a valid choice.")
            }
            return envelope(.array(framework == "Slurm" ? images.map(object) : []))
        case .sshKeys:
            return envelope(.array(sshKeys.map(object)))
        case .reservedIPs:
            let mine = reservedIPs.filter {
                $0.projectID == call.projectID && (call.location ?? $0.location) == $0.location
            }
            return try page(mine.map(object), call) { ["reserved_ips": .array($0)] }
        case .securityGroups:
            return try page(securityGroups.filter { $0.projectID == call.projectID }.map(object), call)
        case .iamAccounts:
            return envelope([["id": 55, "role": "Owner", "has_ai_labs_access": true, "has_tir_access": true]])
        }
    }

    private func envelope(_ data: SandboxJSON) -> SandboxJSON { Self.envelope(data, message: "Success") }

    /// The documented envelope of a success.
    static func envelope(_ data: SandboxJSON, message: String) -> SandboxJSON {
        ["code": 200, "data": data, "errors": [:], "message": .string(message)]
    }

    /// One page of a list, with the two totals beside it.
    private func page(
        _ items: [SandboxJSON],
        _ call: CloudCall,
        as data: ([SandboxJSON]) -> SandboxJSON = { .array($0) }
    ) throws(CloudRefusal) -> SandboxJSON {
        var numbers = ["page_no": 1, "per_page": 10]
        for name in numbers.keys.sorted() {
            guard let text = call.parameters[name] else { continue }
            guard let number = Int(text), number >= 1 else { throw .invalid(name, "A valid integer is required.") }
            numbers[name] = number
        }
        let size = min(numbers["per_page"] ?? 10, 100)
        let start = min(((numbers["page_no"] ?? 1) - 1).multipliedReportingOverflow(by: size).partialValue, items.count)
        var reply = envelope(data(Array(items.dropFirst(max(start, 0)).prefix(size))))
        reply["total_page_number"] = .int(max(1, (items.count + size - 1) / size))
        reply["total_count"] = .int(items.count)
        return reply
    }
}
