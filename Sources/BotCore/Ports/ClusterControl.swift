/// What the engine needs of the cluster API.
package protocol ClusterControl: Sendable {
    /// Whether clusters are read at all (`cluster_api.read_back`).
    var readsBack: Bool { get }

    /// How long a sending can take, from the permit's last moment to the last byte of the reply.
    var longestCall: Duration { get }

    /// The call that would carry an action out, without credentials. Pure.
    func call(_ spec: ActionSpec, parameters: [String: JSONValue], on cluster: Cluster) -> ClusterCall

    /// Reads a cluster, and the project's reserved IPs where asked. Retried within the configured time.
    func read(_ cluster: Cluster, withReservedIPs: Bool) async throws(ReadProblem) -> ClusterReading

    /// Sends a planned call, once. Whatever happens comes back as evidence; this never throws and never repeats.
    func send(_ call: ClusterCall, on cluster: Cluster, permit: consuming SendPermit) async -> CallOutcome
}
