/// What a read of a cluster showed. Every part may be missing: the API's documents leave much open.
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

    /// `no_of_nodes`.
    package var nodes: Int?
    /// `status`, as the API spells it (`Running`).
    package var status: String?
    /// `image_version.id`.
    package var imageVersion: Int?
    /// Name and version of the image, for texts.
    package var imageName: String?
    /// `ssh_keys[].pk`, sorted.
    package var sshKeys: [Int]?
    /// Labels of those keys, for texts.
    package var sshKeyLabels: [Int: String] = [:]
    /// Price of one node for an hour, with currency, as the plan states it.
    package var nodePrice: String?
    /// Reserved IPs by id; nil when they were not asked for or could not be read.
    package var reservedIPs: [Int: ReservedIP]?

    package init() {}
}
