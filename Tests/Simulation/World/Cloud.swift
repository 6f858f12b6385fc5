import BotCore
import FoundationEssentials

/// The simulated cluster API: keeps clusters, does to them what it is sent, and logs each request whose first byte arrived.
final class Cloud: @unchecked Sendable {
    struct Machine: Equatable {
        var nodes = 8
        var status = "Running"
        var image = 76
        var keys = [11, 12]
        var groups: [Int] = []
    }

    /// One request that left.
    struct Sending {
        let change: Int
        let cluster: Int
        let body: String
        /// When its first byte left.
        let at: Int
        let life: Int
        /// When it took effect; nil if it did not (yet).
        var appliedAt: Int?
        var willBeApplied = false
    }

    /// A hand that was laid on a cluster.
    struct Touch {
        let cluster: Int
        let at: Int
        /// Nil: somebody outside.
        let change: Int?
    }

    struct Reply {
        let after: Int
        let evidence: CallOutcome
    }

    private unowned let world: World
    private(set) var machines: [Int: Machine] = [:]
    /// Owners of the reserved IPs by id.
    private(set) var addresses: [Int: Int?] = [9: nil, 10: nil]
    private(set) var sendings: [Sending] = []
    private(set) var touches: [Touch] = []
    /// When each cluster was read, in order.
    private(set) var looks: [Int: [Int]] = [:]

    init(_ world: World) {
        self.world = world
        for cluster in Rules.allClusters { machines[cluster.id] = Machine() }
    }

    func sendings(of change: Int) -> [Sending] { sendings.filter { $0.change == change } }

    // MARK: Reading

    func read(_ cluster: Int, withReservedIPs: Bool) -> ClusterReading {
        let machine = machines[cluster] ?? Machine()
        looks[cluster, default: []].append(world.scheduler.uptime)
        world.trace("\(cluster) is read")
        var seen = ClusterReading()
        seen.nodes = machine.nodes
        seen.status = machine.status
        seen.imageVersion = machine.image
        seen.sshKeys = machine.keys.sorted()
        seen.nodePrice = Price(412.5, "INR")
        if withReservedIPs { seen.reservedIPs = addresses.mapValues { ClusterReading.ReservedIP(owner: $0) } }
        if world.happens(.readPartial) {
            switch world.random.below(4) {
            case 0: seen.nodes = nil
            case 1: seen.status = nil
            case 2: seen.imageVersion = nil
            default: seen.reservedIPs = nil
            }
        }
        return seen
    }

    // MARK: Receiving

    /// Takes a request whose first byte has just left.
    func receive(_ change: Int, _ cluster: Cluster, _ call: ClusterCall, from life: Life) -> Reply {
        let sending = Sending(
            change: change,
            cluster: cluster.id,
            body: call.body,
            at: world.scheduler.uptime,
            life: life.number
        )
        sendings.append(sending)
        world.trace("sent #\(change) to \(cluster.id): \(call.body)")
        world.checker.sent(sending, call)
        return answer(to: sendings.count - 1)
    }

    private func answer(to index: Int) -> Reply {
        let quick = world.random.between(20, 2000).milliseconds
        let slow = world.happens(.slowReply) ? world.random.between(1, 25).seconds : quick
        if machines[sendings[index].cluster]?.status != "Running", world.random.happens(0.5) {
            return Reply(after: quick, evidence: .refused("The cluster is busy."))
        }
        if world.happens(.refused) { return Reply(after: slow, evidence: .refused("The quota is used up.")) }
        let silence = world.random.happens(0.5) ? SimulatedAPI.timeout : quick
        let lost = Reply(after: silence, evidence: .unknown("The connection broke before an answer came."))
        let garbled = Reply(after: slow, evidence: .unknown("The answer could not be read."))
        if world.happens(.notAppliedReplyLost) { return lost }
        if world.happens(.unreadableNotApplied) { return garbled }
        if world.happens(.appliedReplyLost) { return apply(index, after: world.random.below(silence), lost) }
        if world.happens(.appliedLate) { return apply(index, after: world.random.between(10, 120).seconds, lost) }
        if world.happens(.appliedVeryLate) { return apply(index, after: world.random.between(2, 50).minutes, lost) }
        if world.happens(.unreadableApplied) { return apply(index, after: slow / 2, garbled) }
        return apply(
            index,
            after: slow / 2,
            Reply(after: slow, evidence: .accepted("The API reports the cluster Running."))
        )
    }

    private func apply(_ index: Int, after span: Int, _ reply: Reply) -> Reply {
        sendings[index].willBeApplied = true
        world.scheduler.after(span, of: .world) { [unowned self] in takeEffect(index) }
        return reply
    }

    private func takeEffect(_ index: Int) {
        let sending = sendings[index]
        sendings[index].appliedAt = world.scheduler.uptime
        touches.append(Touch(cluster: sending.cluster, at: world.scheduler.uptime, change: sending.change))
        world.trace("#\(sending.change) takes effect on \(sending.cluster)")
        guard let document = try? JSONValue(parsing: sending.body), var machine = machines[sending.cluster] else {
            return
        }
        machine.apply(document)
        if let address = document["reserved_ip_id"]?.int {
            addresses[address] = document["action"]?.string == "attach_ip" ? .some(sending.cluster) : .some(nil)
        }
        if world.happens(.busyAfterwards) {
            machine.status = "Updating"
            // Often for longer than anybody looks, because few of them are followed to that end.
            let span = world.random.weighted([
                (1, world.random.between(1, 60).seconds), (1, world.random.between(35, 50).minutes),
            ])
            world.scheduler.after(span, of: .world) { [unowned self] in
                machines[sending.cluster]?.status = "Running"
            }
        }
        machines[sending.cluster] = machine
    }

    // MARK: Others

    /// Somebody does something to a cluster without the bot.
    func outsiderActs() {
        let cluster = world.random.pick(Rules.allClusters).id
        touches.append(Touch(cluster: cluster, at: world.scheduler.uptime, change: nil))
        switch world.random.below(5) {
        case 0: machines[cluster]?.nodes += 1
        case 1: machines[cluster]?.image = world.random.between(76, 78)
        case 2: machines[cluster]?.keys = world.random.pick([[11, 12], [11], [12, 13]])
        case 3: machines[cluster]?.status = world.random.pick(["Running", "Running", "Stopped"])
        default: addresses[world.random.pick([9, 10])] = .some(world.random.pick([nil, cluster, 99]))
        }
        world.trace("an outsider changes \(cluster)")
    }

    /// What outsiders stopped runs again.
    func calmDown() {
        for cluster in machines.keys where machines[cluster]?.status == "Stopped" {
            machines[cluster]?.status = "Running"
        }
    }

    /// Whether a hand other than the change's own was laid on its cluster since a moment. Addresses belong to no cluster
    /// alone, so there any other hand counts.
    func wasTouched(_ cluster: Int, since moment: Int, byOtherThan change: Int, anywhere: Bool) -> Bool {
        touches.contains { $0.at >= moment && $0.change != change && (anywhere || $0.cluster == cluster) }
    }
}

extension Cloud.Machine {
    /// Does what the body of a call asks for.
    fileprivate mutating func apply(_ document: JSONValue) {
        switch document["action"]?.string {
        case "scale_cluster": nodes += document["additional_nodes"]?.int ?? 0
        case "update_image": image = document["image_version_id"]?.int ?? 0
        case "update_ssh_keys": keys = (document["ssh_key_ids"]?.array ?? []).compactMap(\.int)
        case "add_security_group": groups += (document["security_groups_ids"]?.array ?? []).compactMap(\.int)
        case "remove_security_group": groups.removeAll { $0 == document["security_group_id"]?.int }
        default: break
        }
    }
}
