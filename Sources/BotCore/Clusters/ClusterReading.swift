/// The result of reading a cluster. Every part may be missing: the API's documents leave much open.
package struct ClusterReading: Hashable, Sendable {
    /// One reserved IP address as the API lists it.
    package struct ReservedIP: Hashable, Sendable {
        package var address: String?
        /// The id of the service it is attached to; nil when it is free.
        package var owner: Int?

        package init(address: String? = nil, owner: Int? = nil) {
            self.address = address
            self.owner = owner
        }
    }

    /// The name by which the API knows it, for texts.
    package var name: String?
    /// The number of nodes, `no_of_nodes`.
    package var nodes: Int?
    /// The status as the API spells it (`Running`).
    package var status: String?
    /// The id of the image's version, `image_version.id`.
    package var imageVersion: Int?
    /// The name and version of the image, for texts.
    package var imageName: String?
    /// The ids of the SSH keys, `ssh_keys[].pk`, sorted.
    package var sshKeys: [Int]?
    /// The labels of those keys, for texts.
    package var sshKeyLabels: [Int: String] = [:]
    /// The price of one node for an hour with its currency, for texts.
    package var nodePrice: String?
    /// The project's reserved IPs by id; nil if they were not asked for or could not be read.
    package var reservedIPs: [Int: ReservedIP]?

    package init() {}
}
