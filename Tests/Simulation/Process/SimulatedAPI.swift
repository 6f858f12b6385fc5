import BotCore

/// The way from one process to the simulated cloud.
struct SimulatedAPI: ClusterControl {
    let life: Life

    private var world: World { life.world }

    /// As `timeouts.total` has it.
    static let timeout = 30.seconds

    let longestCall = Duration.microseconds(timeout)

    var readsBack: Bool { world.readsBack }

    func call(_ spec: ActionSpec, parameters: [String: JSONValue], on cluster: Cluster) -> ClusterCall {
        var body = parameters.filter { name, _ in spec.fields.contains { $0.name == name } }
        body["action"] = .string(spec.name)
        return ClusterCall(
            method: "PUT",
            path: "/distributed_jobs_v2/cluster/\(cluster.id)/",
            query: "project_id=\(cluster.project)",
            body: JSONValue.object(body).canonical
        )
    }

    func read(_ cluster: Cluster, withReservedIPs: Bool) async throws(ReadProblem) -> ClusterReading {
        do {
            try life.check()
            life.cross(.beforeRead)
            let span =
                world.happens(.readSlow)
                ? world.random.between(100, 30_000).milliseconds : world.random.below(200.milliseconds)
            try await life.wait(span / 2)
            let seen = world.cloud.read(cluster.id, withReservedIPs: withReservedIPs)
            life.cross(.afterRead)
            try await life.wait(span / 2)
            try life.check()
            guard !world.happens(.readFails) else { throw ReadProblem("The API did not answer.") }
            return seen
        } catch let problem as ReadProblem {
            throw problem
        } catch {
            throw ReadProblem("The read was broken off.")
        }
    }

    func send(_ call: ClusterCall, on cluster: Cluster, permit: consuming SendPermit) async -> CallOutcome {
        let change = permit.change
        guard permit.bodyDigest == sha256Hex(call.body) else {
            return .notSent("The body is not the one that was planned.")
        }
        do {
            try life.check()
            life.cross(.connecting)
            try await connect()
            life.cross(.lastMoment)
            // A stopped process goes on here when it goes on.
            try await life.wait(0)
        } catch {
            return .notSent("The connection could not be made.")
        }
        guard permit.mayStillSend() else {
            return .notSent("The request was held up for too long and given up unsent.")
        }
        let reply = world.cloud.receive(change, cluster, call, from: life)
        do {
            life.cross(.sent)
            try await life.wait(reply.after)
            life.cross(.replied)
            try await life.wait(0)
        } catch {
            world.verdicts.lost(change)
            return .unknown("The call was broken off.")
        }
        world.verdicts.came(reply.evidence, for: change)
        return reply.evidence
    }

    private func connect() async throws {
        if world.happens(.connectHangs) {
            try await life.wait(world.random.between(1, 240).seconds)
        } else {
            try await life.wait(world.random.below(100.milliseconds))
        }
        if world.happens(.connectFails) { throw ReadProblem("Connection refused.") }
    }
}
