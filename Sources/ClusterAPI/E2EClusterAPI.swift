import BotCore
import CurlHTTP
import Logging

/// The training clusters of E2E Networks' TIR platform: the nine Cluster Actions, and the reads around them.
///
/// An action is sent once, whatever happens, and its reply is judged by what it proves. Reads are tried again within the
/// configured time. No text that comes out of here contains a key or a token.
package struct E2EClusterAPI: ClusterControl {
    let settings: ClusterAPISettings
    let transport: any HTTPTransport
    let clock: any BotClock
    let redactor: Redactor
    /// The base URL without a slash at its end.
    private let baseURL: String
    private let isLoopback: Bool
    private let userAgent: String
    private let logger: Logger
    private let skew: ClockComparison?
    let kept = KeptLists()

    /// - Parameters:
    ///   - transport: sends; the caller shuts it down.
    ///   - clock: measures the time for reads and waits between their tries.
    ///   - version: clusterbot's, for the `User-Agent`.
    ///   - logger: told of every reply that refuses a request.
    ///   - skew: told what time the API says it is.
    package init(
        settings: ClusterAPISettings,
        transport: any HTTPTransport,
        clock: any BotClock,
        version: String = "0.1",
        logger: Logger = Logger(label: "clusterbot") { _ in SwiftLogNoOpLogHandler() },
        skew: ClockComparison? = nil
    ) {
        self.settings = settings
        self.transport = transport
        self.clock = clock
        redactor = Redactor(settings)
        baseURL = settings.baseURL.hasSuffix("/") ? String(settings.baseURL.dropLast()) : settings.baseURL
        isLoopback = (try? CurlOrigin(settings.baseURL))?.isLoopback ?? false
        userAgent = "clusterbot/\(version)"
        self.logger = logger
        self.skew = skew
    }

    package var readsBack: Bool { settings.readBack }

    /// The configured names of the projects, sorted.
    package var projectNames: [String] { settings.projects.keys.sorted() }

    package var longestCall: Duration { settings.totalTimeout }

    package func call(_ spec: ActionSpec, parameters: [String: JSONValue], on cluster: Cluster) -> ClusterCall {
        ClusterCall(spec, parameters: parameters, cluster: cluster.id, project: settings.projects[cluster.project])
    }

    package func send(_ call: ClusterCall, on cluster: Cluster, permit: consuming SendPermit) async -> CallOutcome {
        guard let project = settings.projects[cluster.project] else {
            return notSent("Project \(cluster.project) is no longer in the configuration.")
        }
        guard sha256Hex(call.body) == permit.bodyDigest else {
            return notSent("The request is not the one that was recorded. This is a mistake in clusterbot: report it.")
        }
        // Built anew it must come out the same. Otherwise it is meant for another cluster, or the project's id, location
        // or IAM account has changed since people agreed to this very call.
        guard let planned = call.plannedAction,
            self.call(planned.spec, parameters: planned.parameters, on: cluster) == call
        else {
            return notSent(
                "The planned request no longer fits cluster \(cluster.title) as it is configured now. Ask again."
            )
        }
        var request = request(.put, path: call.path, query: call.query, project: project)
        request.headers.append((name: "Content-Type", value: "application/json"))
        request.body = Array(call.body.utf8)
        request.sending = .single
        request.mayStillSend = permit.mayStillSend
        do {
            let response = try await exchange(request, planned.spec.name, project: cluster.project, cluster: cluster.id)
            if let envelope = Envelope(response.body) { warn(of: envelope, response, planned.spec.name, cluster) }
            return ReplyClassifier(spec: planned.spec, cluster: cluster, redactor: redactor)
                .outcome(status: response.status, headers: response.headers, body: response.body)
        } catch {
            let sentence = redactor.redacted(error.sentence(aboutCallWithin: settings.totalTimeout))
            return error.delivery == .notSent ? .notSent(sentence) : .unknown(sentence)
        }
    }

    /// One request to the API: with its time taken, its clock compared with the host's, and a warning if it was refused.
    /// - Parameter call: what metrics and logs call it.
    func exchange(
        _ request: CurlRequest,
        _ call: String,
        project: String,
        cluster: Int?
    ) async throws(TransportError) -> CurlResponse {
        let start = clock.uptime
        defer { Metric.apiSeconds.observe(clock.uptime - start, call) }
        let response = try await transport.execute(request)
        if let date = response.header("Date").flatMap(Timestamp.init(httpDate:)) {
            skew?.compare(with: date, of: "the cluster API")
        }
        if response.status >= 400 { warn(call, project: project, cluster: cluster, status: response.status) }
        return response
    }

    /// Warns of a request whose reply says only in its body that it was refused.
    func warn(of envelope: Envelope, _ response: CurlResponse, _ call: String, _ cluster: Cluster) {
        guard response.status < 400, envelope.reportsFailure else { return }
        warn(
            call,
            project: cluster.project,
            cluster: cluster.id,
            status: response.status,
            code: envelope.refusalCode
        )
    }

    private func warn(_ call: String, project: String, cluster: Int?, status: Int, code: Int? = nil) {
        var facts: Logger.Metadata = [
            "call": "\(call)", "project": "\(project)", "status": .stringConvertible(status),
        ]
        facts["cluster"] = cluster.map { .stringConvertible($0) }
        facts["code"] = code.map { .stringConvertible($0) }
        logger.warning("the cluster API refused a request", metadata: facts)
    }

    private func notSent(_ reason: String) -> CallOutcome { .notSent(redactor.redacted("\(reason) Nothing was sent.")) }

    /// A request with credentials; as it comes from here it may be repeated.
    func request(
        _ method: CurlRequest.Method,
        path: String,
        query: String,
        project: ClusterAPISettings.Project
    ) -> CurlRequest {
        CurlRequest(
            method: method,
            url:
                "\(baseURL)\(path)?\(query.isEmpty ? "" : query + "&")apikey=\(project.apiKey.revealed.percentEncoded)",
            headers: [
                (name: "Authorization", value: "Bearer \(project.token.revealed)"),
                (name: "Accept", value: "application/json"),
                (name: "User-Agent", value: userAgent),
            ],
            sending: .repeatable,
            connectTimeout: settings.connectTimeout,
            totalTimeout: settings.totalTimeout,
            allowsPlainHTTP: isLoopback,
            allowsPrivateAddress: isLoopback
        )
    }
}
