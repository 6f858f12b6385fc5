import BotCore
import CurlHTTP

extension E2EClusterAPI {
    /// The wait before the second try; each further one is twice as long, up to the longest.
    static let firstPause = Duration.milliseconds(250)
    static let longestPause = Duration.seconds(4)

    /// Gets one reply that is worth judging. A failure that passes by itself (no connection, 429, 5xx) is tried again until the
    /// deadline, on the clock's uptime; nothing begins after it.
    /// - Parameter cluster: the cluster for which it is read, for the log.
    func fetch(
        _ path: String,
        query: String,
        project: ClusterAPISettings.Project,
        named name: String,
        about cluster: Int? = nil,
        until deadline: Duration
    ) async throws(ReadProblem) -> CurlResponse {
        // Who calls redacts what is thrown here, as a whole.
        var request = request(.get, path: path, query: query, project: project)
        var pause = Self.firstPause
        var lastProblem: String?
        while true {
            let left = deadline - clock.uptime
            guard left > .zero else { throw ReadProblem(lastProblem ?? "The time for reading was up.") }
            request.totalTimeout = left
            request.connectTimeout = min(settings.connectTimeout, left)
            var wait = pause
            do {
                let response = try await exchange(
                    request,
                    APIRead(path: path).rawValue,
                    project: name,
                    cluster: cluster
                )
                guard response.status == 429 || response.status >= 500 else { return response }
                lastProblem = "The API's server answered \(response.status) \(describe(response.body))."
                if let asked = response.header("Retry-After").flatMap({ RetryAfter.pause($0, now: clock.now) }) {
                    wait = max(wait, asked)
                    if asked > left { lastProblem? += " It asks to come back in \(asked.spoken)." }
                }
            } catch {
                // A try that the deadline cut short says less than the one before it.
                if error.code != .timeout || lastProblem == nil {
                    lastProblem = error.sentence(aboutReadWithin: left)
                }
                guard error.isPassing else { throw ReadProblem(lastProblem ?? "") }
            }
            guard wait < deadline - clock.uptime else { throw ReadProblem(lastProblem ?? "") }
            do {
                try await clock.sleep(wait)
            } catch {
                throw ReadProblem("Reading was broken off because clusterbot is shutting down.")
            }
            pause = min(pause * 2, Self.longestPause)
        }
    }

    private func describe(_ body: [UInt8]) -> String { BodyDescription(redactor: redactor).text(body) }
}

extension APIRead {
    /// Classifies a read by its path below the base URL.
    init(path: String) {
        self =
            if path == "/reserved_ips/" {
                .reservedIPs
            } else if path.hasPrefix("/distributed_jobs_v2/cluster/"), path != "/distributed_jobs_v2/cluster/" {
                .cluster
            } else {
                .other
            }
    }
}
