import BotCore

/// The cluster API by the configuration in force. Each call goes by one configuration from its beginning to its end.
struct LiveClusters: ClusterControl {
    let live: LiveParts

    var present: any ClusterControl { live.clusters }

    var readsBack: Bool { live.clusters.readsBack }

    var longestCall: Duration { live.clusters.longestCall }

    func call(_ spec: ActionSpec, parameters: [String: JSONValue], on cluster: Cluster) -> ClusterCall {
        live.clusters.call(spec, parameters: parameters, on: cluster)
    }

    func read(_ cluster: Cluster, withReservedIPs: Bool) async throws(ReadProblem) -> ClusterReading {
        try await live.clusters.read(cluster, withReservedIPs: withReservedIPs)
    }

    func lists(_ kinds: Set<ListKind>, of cluster: Cluster, isFresh: Bool) async -> [ListKind: NamedList] {
        await live.clusters.lists(kinds, of: cluster, isFresh: isFresh)
    }

    func send(_ call: ClusterCall, on cluster: Cluster, permit: consuming SendPermit) async -> CallOutcome {
        await live.clusters.send(call, on: cluster, permit: permit)
    }
}
