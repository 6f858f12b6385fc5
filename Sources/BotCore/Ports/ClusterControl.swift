/// What the engine needs of the cluster API.
package protocol ClusterControl: Sendable {
    /// Whether clusters are read at all (`cluster_api.read_back`).
    var readsBack: Bool { get }

    /// How long a sending can take, from the permit's last moment to the last byte of the reply.
    var longestCall: Duration { get }

    /// The call that would carry an action out, without credentials. Pure.
    func call(_ spec: ActionSpec, parameters: [String: JSONValue], on cluster: Cluster) -> ClusterCall

    /// Reads a cluster, and the project's reserved IPs where asked. Retried within the configured time.
    func observe(_ cluster: Cluster, withReservedIPs: Bool) async throws(ReadProblem) -> Observation

    /// Sends a planned call, once. Whatever happens comes back as evidence; this never throws and never repeats.
    func send(_ call: ClusterCall, on cluster: Cluster, permit: consuming SendPermit) async -> Evidence
}

/// What one sending showed.
package enum Evidence: Hashable, Sendable {
    /// The API's documented success, read whole. The text says what it reported.
    case accepted(String)
    /// A definite no in the API's own form. The text says why.
    case refused(String)
    /// The request certainly never left. The text says why.
    case notSent(String)
    /// Everything else. The text says what was seen.
    case unknown(String)
}

/// Why a cluster could not be read. The text is for people.
package struct ReadProblem: Error, Hashable, Sendable {
    package let message: String

    package init(_ message: String) { self.message = message }
}
