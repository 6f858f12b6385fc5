/// The cluster API, as the engine needs it.
package protocol ClusterControl: Sendable {
    /// The control by the settings of this moment, which stay as they are: for a read and a call that belong together.
    var present: any ClusterControl { get }

    /// Whether clusters are read at all (`cluster_api.read_back`).
    var readsBack: Bool { get }

    /// The longest time of a sending, from the permit's last moment to the last byte of the reply.
    var longestCall: Duration { get }

    /// Returns the call that carries an action out, without credentials. It does no I/O.
    func call(_ spec: ActionSpec, parameters: [String: JSONValue], on cluster: Cluster) -> ClusterCall

    /// Reads a cluster, and the project's reserved IPs if asked for. A read is retried within the configured time.
    func read(_ cluster: Cluster, withReservedIPs: Bool) async throws(ReadProblem) -> ClusterReading

    /// Reads lists of a cluster's project, at most a few seconds. What could not be read or was not understood is missing.
    /// - Parameter isFresh: whether a list that was read within the last minute is read again.
    func lists(_ kinds: Set<ListKind>, of cluster: Cluster, isFresh: Bool) async -> [ListKind: NamedList]

    /// Sends a planned call once. It never throws and never repeats; the outcome says what is proved.
    func send(_ call: ClusterCall, on cluster: Cluster, permit: consuming SendPermit) async -> CallOutcome
}

extension ClusterControl {
    package var present: any ClusterControl { self }

    package func lists(_ kinds: Set<ListKind>, of cluster: Cluster, isFresh: Bool) async -> [ListKind: NamedList] {
        [:]
    }
}
