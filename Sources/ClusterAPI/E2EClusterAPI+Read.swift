import BotCore
import CurlHTTP

extension E2EClusterAPI {
    /// The number of entries to ask for in a page; the API's own limit is not documented.
    private static let entriesPerPage = 100
    /// The most pages: ten thousand addresses in one project. A server with more counts wrongly.
    private static let mostPages = 100

    package func read(_ cluster: Cluster, withReservedIPs: Bool) async throws(ReadProblem) -> ClusterReading {
        let deadline = clock.uptime + settings.totalTimeout
        do {
            let project = try readableProject(cluster.project)
            var seen = try await read(cluster, project: project, until: deadline)
            if withReservedIPs {
                seen.reservedIPs = try await reservedIPs(cluster, project: project, until: deadline)
            }
            return seen
        } catch {
            throw ReadProblem(redactor.redacted("Cluster \(cluster.title) could not be read. \(error.message)"))
        }
    }

    /// A project whose clusters may be read.
    func readableProject(_ name: String) throws(ReadProblem) -> ClusterAPISettings.Project {
        guard settings.readBack else {
            throw ReadProblem("Reading is switched off in the configuration (`cluster_api.read_back: false`).")
        }
        guard let project = settings.projects[name] else {
            throw ReadProblem("Its project \(name) is not in the configuration.")
        }
        return project
    }

    private func read(
        _ cluster: Cluster,
        project: ClusterAPISettings.Project,
        until deadline: Duration
    ) async throws(ReadProblem) -> ClusterReading {
        let path = ClusterCall.path(ofCluster: cluster.id)
        let response = try await fetch(
            path,
            query: project.query,
            project: project,
            named: cluster.project,
            about: cluster.id,
            until: deadline
        )
        let envelope = try success(response, to: path, for: cluster)
        var data = envelope.data ?? .null
        if let list = data.array, list.count == 1 { data = list[0] }
        guard let id = data["id"]?.lenientInt else { throw ReadProblem("The API's reply holds no cluster.") }
        guard id == cluster.id else { throw ReadProblem("The API's reply is about cluster \(id).") }
        var seen = ClusterReading(cluster: data, redactor: redactor)
        seen.cluster = cluster.id
        return seen
    }

    /// All of them, or a problem: an address that is missing from the list would look like a free one.
    private func reservedIPs(
        _ cluster: Cluster,
        project: ClusterAPISettings.Project,
        until deadline: Duration
    ) async throws(ReadProblem) -> [Int: ClusterReading.ReservedIP] {
        try await all("/reserved_ips/", project.query, of: cluster, project, until: deadline) { data in
            ReservedIPPage(data, redactor: redactor)?.addresses
        }
    }

    /// Reads a list page by page to its end.
    /// - Parameter page: reads the entries of one page; nil if it is not understood.
    func all<Entry>(
        _ path: String,
        _ usualQuery: String,
        of cluster: Cluster,
        _ project: ClusterAPISettings.Project,
        until deadline: Duration,
        page: (JSONValue?) -> [Int: Entry]?
    ) async throws(ReadProblem) -> [Int: Entry] {
        var all: [Int: Entry] = [:]
        var totalPages: Int?
        for number in 1...Self.mostPages {
            let query = "\(usualQuery)&page_no=\(number)&per_page=\(Self.entriesPerPage)"
            let response = try await fetch(
                path,
                query: query,
                project: project,
                named: cluster.project,
                about: cluster.id,
                until: deadline
            )
            // A page behind the last one is answered so by servers that do not tell how many there are.
            if response.status == 404, number > 1, totalPages == nil { return all }
            let envelope = try success(response, to: path, for: cluster)
            guard let entries = page(envelope.data) else {
                throw ReadProblem("The API's reply holds no list that can be read (\(path)).")
            }
            let before = all.count
            all.merge(entries) { _, newer in newer }
            totalPages = envelope.totalPages
            let isLast = totalPages.map { number >= $0 } ?? (envelope.totalCount.map { all.count >= $0 } ?? false)
            // Without a total only a page without anything new shows the end: the API may give fewer than were asked for.
            if isLast || totalPages == nil && all.count == before { return all }
        }
        throw ReadProblem("The API's list has no end (\(path)).")
    }

    /// The envelope of a reply that reports success.
    func success(_ response: CurlResponse, to path: String, for cluster: Cluster) throws(ReadProblem) -> Envelope {
        let problem = ReadRefusal(redactor: redactor, cluster: cluster.title, project: cluster.project)
        let envelope = Envelope(response.body)
        if let envelope { warn(of: envelope, response, APIRead(path: path).rawValue, cluster) }
        guard let envelope, (200..<300).contains(response.status), !envelope.reportsFailure
        else {
            throw ReadProblem(problem.text(response))
        }
        return envelope
    }
}
