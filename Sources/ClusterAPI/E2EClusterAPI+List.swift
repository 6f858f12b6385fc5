import BotCore
import CurlHTTP

extension E2EClusterAPI {
    /// Reads which clusters a project has, for `doctor`.
    /// - Returns: the API's names by id, empty where it gives none; nil if the list could not be read.
    package func listedClusters(project name: String) async -> [Int: String]? {
        guard let project = try? readableProject(name),
            let response = try? await fetch(
                "/distributed_jobs_v2/cluster/",
                query: project.query,
                project: project,
                named: name,
                until: clock.uptime + settings.totalTimeout
            ),
            (200..<300).contains(response.status), let envelope = Envelope(response.body), !envelope.reportsFailure,
            let list = Self.clusters(in: envelope)
        else { return nil }
        var names: [Int: String] = [:]
        for cluster in list {
            guard let id = cluster["id"]?.lenientInt else { continue }
            names[id] = ClusterReading(cluster: cluster, redactor: redactor).name ?? ""
        }
        return names
    }

    /// The list in a reply, which stands alone or under any name.
    static func clusters(in envelope: Envelope) -> [JSONValue]? {
        envelope.data?.array ?? envelope.data?.object?.values.lazy.compactMap(\.array).first
    }
}
