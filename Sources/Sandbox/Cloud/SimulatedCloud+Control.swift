extension SimulatedCloud {
    /// The number of newest requests that the state shows, and of those that asked for a change: reads are frequent
    /// and must not push them out.
    private static let shownRequests = 10

    /// A view for a page that another server of the same process shows.
    package nonisolated var view: CloudView {
        CloudView(snapshot: { await self.stateObject() }, inject: { await self.inject($0) })
    }

    /// `GET /sandbox/log?since=N`, `GET /sandbox/state`, and `GET`, `POST`, `DELETE /sandbox/faults`.
    func control(_ request: SandboxRequest) -> SandboxReply {
        switch (request.method, request.path) {
        case ("GET", "/sandbox/log"):
            let since = request.parameters["since"].flatMap(Int.init) ?? 0
            return .json(["received": SandboxJSON(encoding: received.filter { $0.number > since })])
        case ("GET", "/sandbox/state"):
            return .json(stateObject())
        case ("GET", "/sandbox/faults"):
            return .json(["faults": SandboxJSON(encoding: faults)])
        case ("POST", "/sandbox/faults"):
            // The media type keeps foreign web pages out: a browser asks before it sends JSON to another origin.
            guard request.mediaType == "application/json", let body = SandboxJSON(parsing: request.body) else {
                return .json(
                    ["error": "Send the fault as a JSON object, with Content-Type application/json."],
                    status: 400
                )
            }
            if let problem = inject(body) { return .json(["error": .string(problem)], status: 400) }
            return .json(["faults": SandboxJSON(encoding: faults)])
        case ("DELETE", "/sandbox/faults"):
            clearFaults()
            return .json(["faults": []])
        default:
            return .json(["error": "The sandbox has /sandbox/log, /sandbox/state and /sandbox/faults."], status: 404)
        }
    }

    private func inject(_ body: SandboxJSON) -> String? {
        do {
            add(try body.decoded(as: CloudFault.self))
            return nil
        } catch {
            let kinds = CloudFault.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            return
                "A fault is {\"kind\": …} with kind one of \(kinds); and times, method, action, milliseconds, status, "
                + "retry_after as they are needed."
        }
    }

    private func stateObject() -> SandboxJSON {
        let now = settings.now()
        return [
            "clusters": .array(
                world.clusters.map { cluster in
                    [
                        "id": .int(cluster.id),
                        "name": .string(cluster.name),
                        "project_id": .int(cluster.projectID),
                        "location": .string(cluster.location),
                        "status": .string(cluster.status(at: now)),
                        "no_of_nodes": .int(cluster.nodes),
                        "image_version": SandboxJSON(encoding: world.images.first { $0.id == cluster.imageVersionID }),
                        "ssh_keys": SandboxJSON(encoding: named(cluster.sshKeyIDs, in: world.sshKeys)),
                        "security_groups": SandboxJSON(
                            encoding: named(cluster.securityGroupIDs, in: world.securityGroups)
                        ),
                        "reserved_ips": SandboxJSON(encoding: world.reservedIPs.filter { $0.clusterID == cluster.id }),
                        "worker_restarts": .int(cluster.workerRestarts),
                        "cluster_restarts": .int(cluster.clusterRestarts),
                    ]
                }
            ),
            "reserved_ips": SandboxJSON(encoding: world.reservedIPs),
            "faults": SandboxJSON(encoding: faults),
            "received": SandboxJSON(encoding: shownRequests),
        ]
    }

    private var shownRequests: [ReceivedRequest] {
        let newest = received.suffix(Self.shownRequests)
        let older = received.dropLast(Self.shownRequests).filter { $0.method == "PUT" }
        return older.suffix(Self.shownRequests) + newest
    }

    private func named(_ ids: [Int], in keys: [CloudWorld.SSHKey]) -> [CloudWorld.SSHKey] {
        ids.compactMap { id in keys.first { $0.id == id } }
    }

    private func named(_ ids: [Int], in groups: [CloudWorld.SecurityGroup]) -> [CloudWorld.SecurityGroup] {
        ids.compactMap { id in groups.first { $0.id == id } }
    }
}
