/// One rule of the policy, as the configuration states it.
package struct Rule: Hashable, Sendable {
    package enum Effect: String, Hashable, Sendable { case allow, forbid }

    /// Whom a rule speaks of.
    package enum Subject: Hashable, Sendable {
        case everyone
        case group(String)
        case person(String)
    }

    /// Which clusters a rule speaks of; a cluster must fit every part that is there.
    package struct ClusterSelector: Hashable, Sendable {
        package var ids: Set<Int>?
        /// Names, where `*` stands for any characters.
        package var names: [String]?
        /// For each label the values that fit.
        package var labels: [String: Set<String>]?

        package init(ids: Set<Int>? = nil, names: [String]? = nil, labels: [String: Set<String>]? = nil) {
            self.ids = ids
            self.names = names
            self.labels = labels
        }

        package func matches(_ cluster: Cluster) -> Bool {
            if let ids, !ids.contains(cluster.id) { return false }
            if let names, !names.contains(where: { Self.matches(pattern: $0, cluster.name) }) { return false }
            if let labels {
                for (label, values) in labels {
                    guard let value = cluster.labels[label], values.contains(value) else { return false }
                }
            }
            return true
        }

        /// Glob matching with `*` only, over whole names and without regard to case (as names are typed).
        private static func matches(pattern: String, _ name: String) -> Bool {
            let pieces = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false)
            var rest = name.lowercased()[...]
            guard let first = pieces.first, rest.hasPrefix(first) else { return false }
            guard pieces.count > 1 else { return rest == first }
            rest = rest.dropFirst(first.count)
            for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
                guard let found = rest.firstRange(of: piece) else { return false }
                rest = rest[found.upperBound...]
            }
            return pieces.last.map { rest.hasSuffix($0) } ?? true
        }
    }

    package let name: String
    package let effect: Effect
    /// The rights it speaks of: names of actions, and those of ``Right``.
    package let rights: Set<String>
    package let who: Set<Subject>
    /// Nil: all clusters.
    package let clusters: ClusterSelector?
    /// Where it may be asked; nil: everywhere.
    package let channels: Set<Channel>?
    /// The largest amount by name of the body field.
    package let limits: [String: Int]
    /// The only values by name of the body field.
    package let values: [String: Set<JSONValue>]
    /// Nil: the default for the action.
    package let needs: Needs?

    package init(
        name: String,
        effect: Effect,
        rights: Set<String>,
        who: Set<Subject>,
        clusters: ClusterSelector? = nil,
        channels: Set<Channel>? = nil,
        limits: [String: Int] = [:],
        values: [String: Set<JSONValue>] = [:],
        needs: Needs? = nil
    ) {
        self.name = name
        self.effect = effect
        self.rights = rights
        self.who = who
        self.clusters = clusters
        self.channels = channels
        self.limits = limits
        self.values = values
        self.needs = needs
    }
}
