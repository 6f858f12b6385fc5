import BotCore
import ClusterAPI

/// Reads every configured cluster for `doctor`, and says where one that cannot be read is.
struct ClusterCheckup {
    let api: E2EClusterAPI
    let clusters: [Cluster]
    /// The projects whose list of clusters could not be read.
    let silent: Set<String>

    /// The most reads at once: as many as the API surely takes.
    private static let atOnce = 8
    /// The most clusters of a project that one line names.
    private static let mostNamed = 20

    func run(_ report: DoctorReport) async {
        let lists = await allLists()
        await look(at: clusters.filter { !silent.contains($0.project) }, lists, report)
        // Each read of a project that does not answer takes the whole time for a call.
        for project in silent.sorted() {
            let own = clusters.filter { $0.project == project }
            if await look(at: Array(own.prefix(1)), lists, report) {
                await look(at: Array(own.dropFirst()), lists, report)
            } else if let first = own.first {
                for cluster in own.dropFirst() {
                    report.line(
                        .fail,
                        Self.subject(cluster),
                        "was not read, as cluster \(first.title) could not be read either"
                    )
                }
            }
        }
    }

    /// Reads clusters, some at once, with a line for each. Returns whether all could be read.
    @discardableResult
    private func look(at clusters: [Cluster], _ lists: [String: [Int: String]], _ report: DoctorReport) async -> Bool {
        var isFine = true
        for start in stride(from: 0, to: clusters.count, by: Self.atOnce) {
            let part = Array(clusters[start..<min(start + Self.atOnce, clusters.count)])
            for (cluster, reading) in zip(part, await readings(of: part)) {
                switch reading {
                case .success(let seen):
                    report.line(verdict(of: seen, cluster), Self.subject(cluster), text(seen, cluster))
                case .failure(let problem):
                    report.line(.fail, Self.subject(cluster), "\(problem.message)\(place(of: cluster, lists))")
                    isFine = false
                }
            }
        }
        return isFine
    }

    /// Names every cluster of a configuration that forbids reading.
    static func skip(_ clusters: [Cluster], _ report: DoctorReport) {
        for cluster in clusters { report.line(.ok, subject(cluster), "not asked: read_back is false") }
    }

    private static func subject(_ cluster: Cluster) -> String { "cluster \(cluster.title), project \(cluster.project)" }

    /// Reads some clusters at once, each in its project; the results are in their order.
    private func readings(of clusters: [Cluster]) async -> [Result<ClusterReading, ReadProblem>] {
        await withTaskGroup(of: (Int, Result<ClusterReading, ReadProblem>).self) { group in
            for (index, cluster) in clusters.enumerated() {
                group.addTask {
                    do throws(ReadProblem) {
                        return (index, .success(try await api.read(cluster, withReservedIPs: false)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var results: [Int: Result<ClusterReading, ReadProblem>] = [:]
            for await (index, result) in group { results[index] = result }
            return clusters.indices.compactMap { results[$0] }
        }
    }

    /// The other cluster whose configured name the API gives to this one.
    private func namesake(_ seen: ClusterReading, _ cluster: Cluster) -> Cluster? {
        guard let name = seen.name?.lowercased(), name != cluster.name.lowercased() else { return nil }
        return clusters.first { $0.id != cluster.id && $0.name.lowercased() == name }
    }

    private func verdict(of seen: ClusterReading, _ cluster: Cluster) -> DoctorReport.Verdict {
        namesake(seen, cluster) == nil ? .ok : .warn
    }

    private func text(_ seen: ClusterReading, _ cluster: Cluster) -> String {
        let facts = [seen.status, seen.nodes.map { "\($0) \($0 == 1 ? "node" : "nodes")" }].compactMap(\.self)
        let name = seen.name.map { "the API calls it “\($0)”" } ?? "the API tells no name"
        let text = (facts + [name]).joined(separator: ", ")
        guard let other = namesake(seen, cluster) else { return text }
        return "\(text), which is the configured name of \(other.id). Compare both ids with the dashboard: they may be "
            + "exchanged under `clusters`."
    }

    private func allLists() async -> [String: [Int: String]] {
        var lists: [String: [Int: String]] = [:]
        for project in api.projectNames where !silent.contains(project) {
            lists[project] = await api.listedClusters(project: project)
        }
        return lists
    }

    /// Says where a cluster is that could not be read, as far as the projects' lists tell.
    private func place(of cluster: Cluster, _ lists: [String: [Int: String]]) -> String {
        if let other = lists.keys.sorted().first(where: { $0 != cluster.project && lists[$0]?[cluster.id] != nil }) {
            return " Project \(other) has a cluster \(cluster.id): write `project: \(other)` under `clusters`."
        }
        guard let list = lists[cluster.project] else { return "" }
        let named = list.sorted { $0.key < $1.key }.prefix(Self.mostNamed)
            .map { $0.value.isEmpty ? "\($0.key)" : "\($0.key) “\($0.value)”" }
        let more = list.count > Self.mostNamed ? " and \(list.count - Self.mostNamed) more" : ""
        let all = named.isEmpty ? "no cluster" : named.joined(separator: ", ") + more
        return " The API lists for project \(cluster.project): \(all)."
    }
}
