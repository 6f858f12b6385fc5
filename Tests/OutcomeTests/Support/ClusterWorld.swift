import BotCore
import TestSupport

/// The cluster API behind the scripts: it keeps clusters, really does what it receives, when a scenario says so, and answers
/// reads truthfully. It counts what it received by itself.
final class ClusterWorld: Sendable {
    struct Machine: Sendable {
        var nodes = 8
        var image = 76
        var keys = [11, 12]
        /// Who owns the reserved IP that has the cluster's own number.
        var owner: Int?
        /// The bodies of the actions that were received, whole.
        var received: [String] = []
        var isApplied = false
        /// How often it was read after the action was received.
        var reads = 0
    }

    let machines: EventWaiter<[Int: Machine]>
    private let scenarios: [Int: Scenario]

    init(_ scenarios: [Scenario]) {
        self.scenarios = Dictionary(uniqueKeysWithValues: scenarios.map { ($0.cluster, $0) })
        machines = EventWaiter(
            self.scenarios.mapValues { Machine(owner: $0.command.hasPrefix("ip detach") ? $0.cluster : nil) }
        )
    }

    /// What a connection does: it is kept as long as the client likes, unless a reply ends it.
    var script: [ScriptedServer.Step] {
        [.forever([.request, .look { [self] connection in connection.requests.last.map(answer) ?? [.close] }])]
    }

    private func answer(_ request: ScriptedServer.Request) -> [ScriptedServer.Step] {
        let path = request.target.prefix { $0 != "?" }.split(separator: "/")
        if path.last == "reserved_ips" { return [.send(HTTP.reply("200 OK", addresses))] }
        guard let id = path.last.flatMap({ Int($0) }), let scenario = scenarios[id] else {
            return [.send(HTTP.reply("404 Not Found", #"{"detail":"No such cluster."}"#))]
        }
        guard request.method == "PUT" else { return [.send(HTTP.reply("200 OK", read(scenario)))] }
        machines.update { machines in
            machines[id]?.received.append(String(decoding: request.body, as: UTF8.self))
            if scenario.effect == .applied { machines[id]?.apply(id) }
        }
        return scenario.reply.steps(id) + [.close]
    }

    /// The cluster as a read shows it, with what happens just before and just after that.
    private func read(_ scenario: Scenario) -> String {
        machines.update { machines in
            var machine = machines[scenario.cluster] ?? Machine()
            if !machine.received.isEmpty { machine.reads += 1 }
            if scenario.effect == .beforeRead(machine.reads) { machine.apply(scenario.cluster) }
            let shown = machine.document(scenario.cluster)
            if scenario.effect == .afterRead(machine.reads) { machine.apply(scenario.cluster) }
            machines[scenario.cluster] = machine
            return shown
        }
    }

    /// What the API had kept takes effect now.
    func apply(_ effect: Effect) {
        machines.update { machines in
            for (id, scenario) in scenarios where scenario.effect == effect { machines[id]?.apply(id) }
        }
    }

    private var addresses: String {
        let list = machines.state.map { id, machine in
            #"{"id":\#(id),"ip_address":"203.0.113.9","service_id":\#(machine.owner.map(String.init) ?? "null")}"#
        }
        return HTTP.envelope("[\(list.joined(separator: ","))]").dropLast() + #","total_page_number":1}"#
    }
}

extension ClusterWorld.Machine {
    /// Does what was received, once.
    mutating func apply(_ cluster: Int) {
        guard !isApplied, let body = received.first, let order = try? JSONValue(parsing: body) else { return }
        isApplied = true
        switch order["action"]?.string {
        case "scale_cluster": nodes += order["additional_nodes"]?.int ?? 0
        case "update_image": image = order["image_version_id"]?.int ?? 0
        case "update_ssh_keys": keys = (order["ssh_key_ids"]?.array ?? []).compactMap(\.int)
        case "attach_ip": owner = cluster
        case "detach_ip": owner = nil
        default: break
        }
    }

    func document(_ cluster: Int) -> String {
        let keys = keys.map { #"{"pk":\#($0),"label":"key \#($0)"}"# }.joined(separator: ",")
        return HTTP.envelope(
            """
            {"id":\(cluster),"no_of_nodes":\(nodes),"status":"Running","image_version":{"id":\(image),"name":"slurm"},\
            "ssh_keys":[\(keys)]}
            """
        )
    }
}
