import FoundationEssentials

extension CloudWorld {
    /// The most nodes that a cluster can have: the imagined data centre holds no more.
    static let maximumNodes = 64

    /// Carries an action out, completely or not at all.
    ///
    /// - Returns: what the API puts into `data`, which is of another kind for some actions.
    mutating func perform(
        _ action: CloudAction,
        onClusterAt index: Int,
        at now: Date,
        restartTakes: Duration
    ) throws(CloudRefusal) -> SandboxJSON {
        let cluster = clusters[index]
        let status = cluster.status(at: now)
        guard status == "Running" else {
            throw .refused(412, "Cluster \(cluster.name) is \(status); actions need a Running cluster.")
        }
        switch action {
        case .updateSSHKeys(let ids):
            for id in ids where !sshKeys.contains(where: { $0.id == id }) {
                throw .invalid("ssh_key_ids", "SSH key \(id) does not exist.")
            }
            clusters[index].sshKeyIDs = ids
        case .updateImage(let id):
            guard images.contains(where: { $0.id == id }) else {
                throw .invalid("image_version_id", "Image version \(id) does not exist.")
            }
            clusters[index].imageVersionID = id
        case .restartWorkers:
            clusters[index].workerRestarts += 1
            clusters[index].restartingUntil = now.addingTimeInterval(restartTakes / .seconds(1))
        case .restartCluster:
            clusters[index].clusterRestarts += 1
            clusters[index].restartingUntil = now.addingTimeInterval(restartTakes / .seconds(1))
        case .scaleCluster(let count):
            guard count <= Self.maximumNodes - cluster.nodes else {
                throw .refused(400, "Only \(Self.maximumNodes - cluster.nodes) more nodes are available for this plan.")
            }
            clusters[index].nodes += count
        case .attachIP(let id):
            let address = try attach(id, to: cluster)
            return object(address)
        case .detachIP(let id, let type):
            try detach(id, type: type, from: cluster)
            return [:]
        case .addSecurityGroups(let ids):
            try add(ids, toClusterAt: index)
            return "Security groups attached successfully"
        case .removeSecurityGroup(let id):
            guard cluster.securityGroupIDs.contains(id) else {
                throw .invalid("security_group_id", "Security group \(id) is not attached to this cluster.")
            }
            clusters[index].securityGroupIDs.removeAll { $0 == id }
            return "Security group detached successfully"
        }
        return object(clusters[index], at: now)
    }

    private mutating func attach(_ id: Int, to cluster: Cluster) throws(CloudRefusal) -> ReservedIP {
        guard let index = reservedIPs.firstIndex(where: { $0.id == id && $0.projectID == cluster.projectID }) else {
            throw .invalid("reserved_ip_id", "Reserved IP \(id) does not exist in this project.")
        }
        guard reservedIPs[index].location == cluster.location else {
            throw .invalid("reserved_ip_id", "Reserved IP \(id) is in another location.")
        }
        guard reservedIPs[index].clusterID == nil else {
            throw .refused(400, "Reserved IP \(reservedIPs[index].address) is already attached.")
        }
        reservedIPs[index].clusterID = cluster.id
        return reservedIPs[index]
    }

    private mutating func detach(_ id: Int, type: String, from cluster: Cluster) throws(CloudRefusal) {
        guard type == "reserved" else { throw .invalid("ip_type", "\"\(type)\" is not a valid choice.") }
        guard let index = reservedIPs.firstIndex(where: { $0.id == id && $0.clusterID == cluster.id }) else {
            throw .invalid("reserved_ip_id", "Reserved IP \(id) is not attached to this cluster.")
        }
        reservedIPs[index].clusterID = nil
    }

    private mutating func add(_ ids: [Int], toClusterAt index: Int) throws(CloudRefusal) {
        for id in ids {
            guard securityGroups.contains(where: { $0.id == id && $0.projectID == clusters[index].projectID }) else {
                throw .invalid("security_groups_ids", "Security group \(id) does not exist in this project.")
            }
            guard !clusters[index].securityGroupIDs.contains(id) else {
                throw .invalid("security_groups_ids", "Security group \(id) is already attached.")
            }
        }
        clusters[index].securityGroupIDs += ids
    }
}
