/// One rule of the policy, as the configuration states it.
package struct Rule: Hashable, Sendable {
    package enum Effect: String, Hashable, Sendable {
        case allow, forbid
        /// Adds approvals to whatever an allowing rule asks: a floor under all of them.
        case require
    }

    /// The people that a rule is about. The name of a group may be a ``LabelTemplate``.
    package enum Subject: Hashable, Sendable {
        case everyone
        case group(String)
        case person(String)
    }

    /// The clusters that a rule is about. A cluster must fit every part that is given.
    package struct ClusterSelector: Hashable, Sendable {
        package var ids: Set<Int>?
        /// The names; `*` stands for any characters.
        package var names: [String]?
        /// The values that fit, for each label.
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

        /// Returns whether a whole name fits a pattern with `*`. Case does not matter, as in typed names.
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
    /// The rights that it is about: names of actions, and those of ``Right``.
    package let rights: Set<String>
    package let who: Set<Subject>
    /// The clusters; nil: all clusters.
    package let clusters: ClusterSelector?
    /// The channels in which it may be asked; nil: all channels.
    package let channels: Set<Channel>?
    /// The names of channels in which `{label}` stands for a value of the cluster's (``LabelTemplate``). It may be asked in
    /// those, too.
    package let channelTemplates: Set<String>
    /// The largest amounts, by the name of the body's field.
    package let limits: [String: Int]
    /// The only values allowed, by the name of the body's field.
    package let values: [String: Set<JSONValue>]
    /// The needs; nil: the default for the action. What a requiring rule adds.
    package let needs: Needs?

    package init(
        name: String,
        effect: Effect,
        rights: Set<String>,
        who: Set<Subject>,
        clusters: ClusterSelector? = nil,
        channels: Set<Channel>? = nil,
        channelTemplates: Set<String> = [],
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
        self.channelTemplates = channelTemplates
        self.limits = limits
        self.values = values
        self.needs = needs
    }
}
