import BotCore

/// The lists of a project: what actions name by number, and what people call it.
extension E2EClusterAPI {
    /// Nobody waits longer for names: without them the numbers do.
    private static let listTimeout = Duration.seconds(5)
    /// The framework of training clusters, by which the API lists images.
    private static let framework = "Slurm"
    private static let longestName = 80

    package func lists(
        _ kinds: Set<ListKind>,
        of cluster: Cluster,
        isFresh: Bool
    ) async -> [ListKind: NamedList] {
        guard settings.readBack, let project = settings.projects[cluster.project] else { return [:] }
        var lists: [ListKind: NamedList] = [:]
        let until = clock.uptime + min(settings.totalTimeout, Self.listTimeout)
        for kind in kinds.sorted(by: { $0.rawValue < $1.rawValue }) {
            let key = KeptLists.Key(project: cluster.project, kind: kind)
            if !isFresh, let list = kept.list(key, at: clock.uptime) {
                lists[kind] = list
                continue
            }
            guard let names = try? await names(kind, of: cluster, project, until: until) else { continue }
            let list = NamedList(names)
            kept.keep(list, key, at: clock.uptime)
            lists[kind] = list
        }
        return lists
    }

    private func names(
        _ kind: ListKind,
        of cluster: Cluster,
        _ project: ClusterAPISettings.Project,
        until deadline: Duration
    ) async throws(ReadProblem) -> [Int: String] {
        let path: String
        var query = project.query
        switch kind {
        case .images:
            path = "/distributed_jobs_v2/deployment_images/\(Self.framework)/"
            query += "&job_type=\(Self.framework)"
        case .sshKeys: path = "/ssh_keys/"
        case .securityGroups: path = "/security_groups/"
        case .reservedIPs: path = "/reserved_ips/"
        }
        return try await all(path, query, of: cluster, project, until: deadline) { data in
            guard let list = data?.array ?? data?["reserved_ips"]?.array else { return nil }
            var names: [Int: String] = [:]
            for entry in list {
                guard let id = entry["pk"]?.lenientInt ?? entry["id"]?.lenientInt else { return nil }
                names[id] = name(entry, kind)
            }
            return names
        }
    }

    private func name(_ entry: JSONValue, _ kind: ListKind) -> String {
        let fields: [String] =
            switch kind {
            case .images: ["name", "version"]
            case .sshKeys: ["label"]
            case .securityGroups: ["name"]
            case .reservedIPs: ["ip_address"]
            }
        return fields.compactMap { entry[$0]?.string }
            .map { redactor.excerpt(of: $0, limit: Self.longestName) }.filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}
