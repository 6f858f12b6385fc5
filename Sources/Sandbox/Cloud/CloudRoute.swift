/// The resource and the operation for which a request to the simulated API asks, from its method and path alone.
enum CloudRoute: Equatable {
    case act(cluster: Int)
    case cluster(Int)
    case clusters
    case plans
    case images(framework: String)
    case sshKeys
    case reservedIPs
    case securityGroups
    case iamAccounts

    /// The path below which all of the API lies.
    static let basePath = "/myaccount/api/v1/gpu"

    /// Finds the route; throws 404 for a path that does not exist (one without its last slash is such a path), 405 for
    /// another method.
    init(_ request: SandboxRequest) throws(CloudRefusal) {
        guard request.path.hasPrefix(Self.basePath + "/"), request.path.hasSuffix("/") else { throw Self.notFound }
        let parts = request.path.dropFirst(Self.basePath.count).split(separator: "/").map(String.init)
        switch (parts.first, parts.count) {
        case ("distributed_jobs_v2", 2) where parts[1] == "cluster": self = .clusters
        case ("distributed_jobs_v2", 3) where parts[1] == "cluster" && parts[2] == "plans": self = .plans
        case ("distributed_jobs_v2", 3) where parts[1] == "cluster":
            guard let id = Int(parts[2]), id > 0 else { throw Self.notFound }
            self = request.method == "PUT" ? .act(cluster: id) : .cluster(id)
        case ("distributed_jobs_v2", 3) where parts[1] == "deployment_images": self = .images(framework: parts[2])
        case ("ssh_keys", 1): self = .sshKeys
        case ("reserved_ips", 1): self = .reservedIPs
        case ("security_groups", 1): self = .securityGroups
        case ("users", 2) where parts[1] == "iam-accounts": self = .iamAccounts
        default: throw Self.notFound
        }
        if case .act = self { return }
        guard request.method == "GET" else {
            throw .refused(405, "Method \"\(request.method)\" not allowed.", form: .detail)
        }
    }

    private static let notFound = CloudRefusal.refused(404, "Not found.", form: .detail)

    /// The query parameters without which the API refuses.
    var required: Set<String> {
        switch self {
        case .act, .cluster, .clusters, .plans, .securityGroups: ["project_id", "location"]
        case .images: ["project_id", "location", "job_type"]
        case .sshKeys: ["location"]
        case .reservedIPs: ["project_id"]
        case .iamAccounts: []
        }
    }
}
