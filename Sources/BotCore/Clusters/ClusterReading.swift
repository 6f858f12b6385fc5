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
    /// The price of one node for an hour.
    package var nodePrice: Price?
    /// The project's reserved IPs by id; nil if they were not asked for or could not be read.
    package var reservedIPs: [Int: ReservedIP]?
    /// The project's lists, each whole; one that was not asked for, could not be read or was not understood is missing.
    package var lists: [ListKind: NamedList] = [:]
    /// The cluster that was read; nil where that does not matter.
    package var cluster: Int?

    package init() {}
}

extension ClusterReading {
    /// The list of a kind; nil if it is not known.
    package func list(_ kind: ListKind) -> NamedList? {
        guard kind == .reservedIPs else {
            guard var list = lists[kind] else { return nil }
            // A list that lacks what this cluster has is not the one in which its things stand.
            list.isComplete = present(kind).allSatisfy { list.names[$0] != nil }
            return list
        }
        return reservedIPs.map { NamedList($0.mapValues { $0.address ?? "" }) } ?? lists[.reservedIPs]
    }

    /// What the cluster has of a kind, as far as its own object shows it.
    package func present(_ kind: ListKind) -> [Int] {
        switch kind {
        case .images: imageVersion.map { [$0] } ?? []
        case .sshKeys: sshKeys ?? []
        case .securityGroups: []
        case .reservedIPs:
            (reservedIPs ?? [:]).filter { $0.value.owner != nil && $0.value.owner == cluster }.keys.sorted()
        }
    }

    /// The name of a thing with its number behind it; the number alone where no name is known.
    package func words(_ number: Int, _ kind: ListKind) -> String {
        let alone: String? =
            switch kind {
            case .sshKeys: sshKeyLabels[number]
            case .images: imageVersion == number ? imageName : nil
            case .securityGroups, .reservedIPs: nil
            }
        return NamedList.words(number, list(kind)?.names[number] ?? alone)
    }
}
