import BotCore

/// A cluster API that nobody may use.
package struct NoClusters: ClusterControl {
    package let readsBack = false
    package let longestCall = Duration.seconds(1)

    package init() {}

    package func call(_ spec: ActionSpec, parameters: [String: JSONValue], on cluster: Cluster) -> ClusterCall {
        fatalError("nothing is planned here")
    }

    package func read(_ cluster: Cluster, withReservedIPs: Bool) async throws(ReadProblem) -> ClusterReading {
        fatalError("nothing is read here")
    }

    package func send(_ call: ClusterCall, on cluster: Cluster, permit: consuming SendPermit) async -> CallOutcome {
        fatalError("nothing is sent here")
    }
}
