import BotCore
import FoundationEssentials
import NIOConcurrencyHelpers
import TestSupport

/// A small cluster API: it keeps clusters, does to them what the body of a call says, and logs every sending.
final class SimulatedClusters: ClusterControl {
    struct Machine: Sendable, Equatable {
        var nodes = 8
        var status = "Running"
        var image = 76
        var keys = [11, 12]
        var groups: [Int] = []
    }

    /// What a sending shall lead to.
    enum Outcome: Sendable {
        case accept
        case refuse(String)
        case notSent(String)
        case unknownApplied
        case unknownNotApplied
    }

    struct Sending: Sendable {
        let change: Int
        let cluster: Int
        let body: String
        let at: Timestamp
    }

    struct State: Sendable {
        var machines: [Int: Machine] = [:]
        /// Owners of the reserved IPs by id.
        var addresses: [Int: Int?] = [9: nil]
        /// The lists that can be read, of every project.
        var lists: [ListKind: NamedList] = [:]
        /// What the next sendings to a cluster lead to; `accept` where nothing is said.
        var outcomes: [Int: [Outcome]] = [:]
        /// Why a cluster cannot be read now.
        var readProblems: [Int: String] = [:]
        var readGates: [Int: Gate] = [:]
        var sendGates: [Int: Gate] = [:]
        var sendings: [Sending] = []
        var reads: [Int: Int] = [:]
        /// The sendings under way now, and the most at once, by cluster.
        var underWay: [Int: Int] = [:]
        var mostUnderWay: [Int: Int] = [:]
    }

    let readsBack: Bool
    let longestCall = Duration.seconds(30)
    private let clock: ManualClock
    private let state = NIOLockedValueBox(State())
    /// Counts what happens, so that tests wait for it.
    private let happenings: EventWaiter<Int>

    init(readsBack: Bool, clock: ManualClock, happenings: EventWaiter<Int>) {
        self.readsBack = readsBack
        self.clock = clock
        self.happenings = happenings
    }

    var sendings: [Sending] { state.withLockedValue(\.sendings) }
    var now: State { state.withLockedValue(\.self) }

    func machine(_ cluster: Int) -> Machine { state.withLockedValue { $0.machines[cluster] ?? Machine() } }

    func set(_ change: (inout State) -> Void) { state.withLockedValue { change(&$0) } }

    /// Something happens to a cluster that the bot did not ask for.
    func alter(_ cluster: Int, _ change: (inout Machine) -> Void) {
        state.withLockedValue { change(&$0.machines[cluster, default: Machine()]) }
    }

    func willAnswer(_ outcomes: Outcome..., on cluster: Int) { set { $0.outcomes[cluster, default: []] += outcomes } }

    /// Holds the next and all further sendings to a cluster.
    func holdSendings(to cluster: Int) -> Gate {
        let gate = Gate()
        set { $0.sendGates[cluster] = gate }
        return gate
    }

    func holdReads(of cluster: Int) -> Gate {
        let gate = Gate()
        set { $0.readGates[cluster] = gate }
        return gate
    }

    func openAllGates() {
        let gates = state.withLockedValue { Array($0.sendGates.values) + Array($0.readGates.values) }
        for gate in gates { gate.open() }
    }

    // MARK: ClusterControl

    func call(_ spec: ActionSpec, parameters: [String: JSONValue], on cluster: Cluster) -> ClusterCall {
        ClusterCall(
            method: "PUT",
            path: "/distributed_jobs_v2/cluster/\(cluster.id)/",
            query: "project_id=\(cluster.project)",
            body: JSONValue.object(parameters.merging(["action": .string(spec.name)]) { mine, _ in mine }).canonical
        )
    }

    func read(_ cluster: Cluster, withReservedIPs: Bool) async throws(ReadProblem) -> ClusterReading {
        let gate = state.withLockedValue { state in
            state.reads[cluster.id, default: 0] += 1
            return state.readGates[cluster.id]
        }
        happenings.update { $0 += 1 }
        await gate?.pass()
        let (machine, addresses, problem) = state.withLockedValue { state in
            (state.machines[cluster.id] ?? Machine(), state.addresses, state.readProblems[cluster.id])
        }
        if let problem { throw ReadProblem(problem) }
        var seen = ClusterReading()
        seen.nodes = machine.nodes
        seen.status = machine.status
        seen.imageVersion = machine.image
        seen.imageName = "pytorch:\(machine.image)"
        seen.sshKeys = machine.keys.sorted()
        seen.cluster = cluster.id
        seen.nodePrice = Price(412.5, "INR")
        if withReservedIPs { seen.reservedIPs = addresses.mapValues { ClusterReading.ReservedIP(owner: $0) } }
        return seen
    }

    func lists(_ kinds: Set<ListKind>, of cluster: Cluster, isFresh: Bool) async -> [ListKind: NamedList] {
        now.lists.filter { kinds.contains($0.key) }
    }

    func send(_ call: ClusterCall, on cluster: Cluster, permit: consuming SendPermit) async -> CallOutcome {
        let change = permit.change
        guard permit.mayStillSend() else {
            return .notSent("The request was held up for too long and given up unsent.")
        }
        guard permit.bodyDigest == sha256Hex(call.body) else {
            return .notSent("The body is not the one that was planned.")
        }
        let gate = state.withLockedValue { state in
            state.sendings.append(Sending(change: change, cluster: cluster.id, body: call.body, at: clock.now))
            let underWay = state.underWay[cluster.id, default: 0] + 1
            state.underWay[cluster.id] = underWay
            state.mostUnderWay[cluster.id] = max(underWay, state.mostUnderWay[cluster.id] ?? 0)
            return state.sendGates[cluster.id]
        }
        happenings.update { $0 += 1 }
        await gate?.pass()
        return state.withLockedValue { state in
            state.underWay[cluster.id, default: 1] -= 1
            let outcome = state.outcomes[cluster.id]?.isEmpty == false ? state.outcomes[cluster.id]?.removeFirst() : nil
            switch outcome ?? .accept {
            case .accept:
                Self.apply(call.body, to: cluster.id, &state)
                return .accepted("The API reports cluster \(cluster.name) Running.")
            case .refuse(let text): return .refused(text)
            case .notSent(let text): return .notSent(text)
            case .unknownApplied:
                Self.apply(call.body, to: cluster.id, &state)
                return .unknown("The connection broke before an answer came.")
            case .unknownNotApplied: return .unknown("The connection broke before an answer came.")
            }
        }
    }

    /// Does what a body asks for.
    private static func apply(_ body: String, to cluster: Int, _ state: inout State) {
        guard let document = try? JSONValue(parsing: body), let action = document["action"]?.string else { return }
        var machine = state.machines[cluster] ?? Machine()
        let address = document["reserved_ip_id"]?.int
        switch action {
        case "scale_cluster": machine.nodes += document["additional_nodes"]?.int ?? 0
        case "update_image": machine.image = document["image_version_id"]?.int ?? 0
        case "update_ssh_keys": machine.keys = (document["ssh_key_ids"]?.array ?? []).compactMap(\.int)
        case "add_security_group": machine.groups += (document["security_groups_ids"]?.array ?? []).compactMap(\.int)
        case "remove_security_group": machine.groups.removeAll { $0 == document["security_group_id"]?.int }
        case "attach_ip": if let address { state.addresses[address] = .some(cluster) }
        case "detach_ip": if let address { state.addresses[address] = .some(nil) }
        default: break
        }
        state.machines[cluster] = machine
    }
}
