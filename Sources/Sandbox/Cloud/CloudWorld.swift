import FoundationEssentials

/// The contents of the simulated cloud: the clusters and all that the nine actions can name.
package struct CloudWorld: Codable, Sendable, Equatable {
    /// A Training Cluster.
    package struct Cluster: Codable, Sendable, Equatable {
        package var id: Int
        package var name: String
        package var projectID: Int
        package var location: String
        package var nodes: Int
        package var imageVersionID: Int
        package var sshKeyIDs: [Int]
        package var securityGroupIDs: [Int]
        /// The status that the API reports while no restart is going on. Only a cluster that is "Running" takes actions.
        package var restingStatus = "Running"
        /// The end of "Restarting".
        package var restartingUntil: Date?
        /// The number of restarts of the compute nodes alone.
        package var workerRestarts = 0
        /// The number of restarts of controller and nodes.
        package var clusterRestarts = 0

        package init(
            id: Int,
            name: String,
            projectID: Int,
            location: String,
            nodes: Int,
            imageVersionID: Int,
            sshKeyIDs: [Int],
            securityGroupIDs: [Int]
        ) {
            self.id = id
            self.name = name
            self.projectID = projectID
            self.location = location
            self.nodes = nodes
            self.imageVersionID = imageVersionID
            self.sshKeyIDs = sshKeyIDs
            self.securityGroupIDs = securityGroupIDs
        }

        /// The status at a moment.
        package func status(at now: Date) -> String {
            if let restartingUntil, now < restartingUntil { return "Restarting" }
            return restingStatus
        }
    }

    /// One version of a container image.
    package struct ImageVersion: Codable, Sendable, Equatable {
        package var id: Int
        package var version: String
        package var name: String

        package init(id: Int, version: String, name: String) {
            self.id = id
            self.version = version
            self.name = name
        }
    }

    /// A public SSH key of the account. The API calls its id `pk`.
    package struct SSHKey: Codable, Sendable, Equatable {
        package var id: Int
        package var label: String

        package init(id: Int, label: String) {
            self.id = id
            self.label = label
        }
    }

    /// A reserved public IP address.
    package struct ReservedIP: Codable, Sendable, Equatable {
        package var id: Int
        package var address: String
        package var projectID: Int
        package var location: String
        /// The cluster it is attached to.
        package var clusterID: Int?

        package init(id: Int, address: String, projectID: Int, location: String, clusterID: Int? = nil) {
            self.id = id
            self.address = address
            self.projectID = projectID
            self.location = location
            self.clusterID = clusterID
        }
    }

    /// A security group of a project.
    package struct SecurityGroup: Codable, Sendable, Equatable {
        package var id: Int
        package var name: String
        package var projectID: Int

        package init(id: Int, name: String, projectID: Int) {
            self.id = id
            self.name = name
            self.projectID = projectID
        }
    }

    package var clusters: [Cluster]
    package var images: [ImageVersion]
    package var sshKeys: [SSHKey]
    package var reservedIPs: [ReservedIP]
    package var securityGroups: [SecurityGroup]

    package init(
        clusters: [Cluster],
        images: [ImageVersion],
        sshKeys: [SSHKey],
        reservedIPs: [ReservedIP],
        securityGroups: [SecurityGroup]
    ) {
        self.clusters = clusters
        self.images = images
        self.sshKeys = sshKeys
        self.reservedIPs = reservedIPs
        self.securityGroups = securityGroups
    }

    /// The world of the demo: cluster 42 in project 1187 in Delhi, cluster 43 in project 1200 in Chennai.
    package static let demo = CloudWorld(
        clusters: [
            Cluster(
                id: 42,
                name: "prod-train",
                projectID: 1187,
                location: "Delhi",
                nodes: 8,
                imageVersionID: 77,
                sshKeyIDs: [11, 12],
                securityGroupIDs: [1, 3]
            ),
            Cluster(
                id: 43,
                name: "dev-train",
                projectID: 1200,
                location: "Chennai",
                nodes: 2,
                imageVersionID: 81,
                sshKeyIDs: [12],
                securityGroupIDs: [2]
            ),
        ],
        images: [
            ImageVersion(id: 77, version: "v2-slurm25.05-ubuntu22.04", name: "Ubuntu Slurm"),
            ImageVersion(id: 81, version: "v2-slurm25.11-ubuntu24.04", name: "Ubuntu Slurm"),
            ImageVersion(id: 90, version: "v3-slurm26.05-ubuntu24.04", name: "Ubuntu Slurm"),
        ],
        sshKeys: [
            SSHKey(id: 11, label: "amy-laptop"), SSHKey(id: 12, label: "ci-runner"),
            SSHKey(id: 13, label: "bob-laptop"), SSHKey(id: 14, label: "carol-laptop"),
        ],
        reservedIPs: [
            ReservedIP(id: 9, address: "203.0.113.9", projectID: 1187, location: "Delhi"),
            ReservedIP(id: 10, address: "203.0.113.10", projectID: 1187, location: "Delhi", clusterID: 42),
            ReservedIP(id: 20, address: "203.0.113.20", projectID: 1200, location: "Chennai"),
        ],
        securityGroups: [
            SecurityGroup(id: 1, name: "default", projectID: 1187),
            SecurityGroup(id: 2, name: "default", projectID: 1200),
            SecurityGroup(id: 3, name: "jupyter", projectID: 1187),
            SecurityGroup(id: 4, name: "monitoring", projectID: 1187),
            SecurityGroup(id: 5, name: "vpn-only", projectID: 1200),
        ]
    )
}
