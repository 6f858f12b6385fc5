import FoundationEssentials

/// The objects as the API documents them. `created_by` and `reserved_by` hold personal data, as in the real service:
/// a client has to keep them to itself.
extension CloudWorld {
    private static let someone: SandboxJSON = [
        "id": 5512, "name": "Anita Rao", "email": "anita.rao@example.com", "username": "anita.rao@example.com",
        "is_primary_contact": true, "currency": "INR", "is_suspended": false,
    ]

    private static let gpusPerNode = 8
    private static let processorsPerNode = 200
    private static let gigabytesPerNode = 2000

    /// The price of one node for one hour, in rupees.
    static let pricePerNodeAndHour = 1840

    func object(_ cluster: Cluster, at now: Date) -> SandboxJSON {
        [
            "id": .int(cluster.id),
            "name": .string(cluster.name),
            "created_by": Self.someone,
            "no_of_nodes": .int(cluster.nodes),
            "created_at": "2026-03-20T10:31:25.101030Z",
            "private_cloud_id": nil,
            "private_cloud_name": nil,
            "sku_details": sku(nodes: cluster.nodes, location: cluster.location),
            "total_gpu": .int(cluster.nodes * Self.gpusPerNode),
            "total_cpu": .int(cluster.nodes * Self.processorsPerNode),
            "available_gpu": .int(cluster.nodes * Self.gpusPerNode),
            "available_cpu": .int(cluster.nodes * Self.processorsPerNode),
            "total_memory": .string("\(cluster.nodes * Self.gigabytesPerNode) GB"),
            "available_memory": "0 GB",
            "worker_nodes": [],
            "has_local_storage": false,
            "local_storage_per_node": nil,
            "status": .string(cluster.status(at: now)),
            "image_pull_policy": "IfNotPresent",
            "image_version": images.first { $0.id == cluster.imageVersionID }.map(object) ?? nil,
            "ssh_keys": .array(cluster.sshKeyIDs.compactMap { id in sshKeys.first { $0.id == id }.map(object) }),
        ]
    }

    func object(_ image: ImageVersion) -> SandboxJSON {
        [
            "id": .int(image.id), "version": .string(image.version), "description": "", "tags": ["slurm"],
            "name": .string(image.name), "slug_name": "ubuntu-slurm", "framework": "Slurm", "is_internal": false,
        ]
    }

    func object(_ key: SSHKey) -> SandboxJSON {
        [
            "pk": .int(key.id), "label": .string(key.label), "timestamp": "20-Mar-2026",
            "ssh_key": .string("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI\(key.id)example \(key.label)"),
        ]
    }

    func object(_ address: ReservedIP) -> SandboxJSON {
        let owner = address.clusterID.flatMap { id in clusters.first { $0.id == id } }
        return [
            "id": .int(address.id),
            "ip_address": .string(address.address),
            "service_name": owner.map { .string($0.name) } ?? nil,
            "service_type": owner == nil ? nil : "distributed_job",
            "service_id": owner.map { .int($0.id) } ?? nil,
            "created_at": "2026-03-20T10:31:25.101030Z",
            "status": owner == nil ? "Available" : "Attached",
            "reserved_by": Self.someone,
            "location": .string(address.location),
            "egress_ip": false,
        ]
    }

    func object(_ group: SecurityGroup) -> SandboxJSON {
        [
            "id": .int(group.id), "name": .string(group.name), "description": "",
            "is_default": .bool(group.name == "default"),
            "rules": [
                [
                    "id": .int(group.id * 100), "rule_type": "inbound", "protocol": "TCP", "protocol_type": "CustomTCP",
                    "network_type": "any", "ports": [22], "cidr_ip": nil, "cidr_subnet": nil, "description": "",
                    "isNew": false,
                ]
            ],
        ]
    }

    func sku(nodes: Int, location: String) -> SandboxJSON {
        [
            "specs": [
                "sku_id": 309, "name": "GDC.8xH10080-200.2000GB", "series": "GDC", "cpu": .int(Self.processorsPerNode),
                "gpu": .int(Self.gpusPerNode), "memory": .string("\(Self.gigabytesPerNode) GB"),
                "ephemeral_storage": "30 GB", "gpu_memory": "80 GB", "is_free": false, "is_active": true,
                "local_storage_in_gb": 0, "sku_type": "gpu", "gpu_card_type": "H100", "category": "distributed_job",
                "variant": "e2e", "no_of_nodes": .int(nodes),
            ],
            "plan": [
                "sku_item_price_id": 1201, "sku_type": "hourly", "committed_days": 0,
                "unit_price": .double(Double(Self.pricePerNodeAndHour)), "currency": "INR", "is_active": true,
                "description": "", "location": .string(location),
            ],
        ]
    }
}
