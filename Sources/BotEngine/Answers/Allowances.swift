import BotCore

/// What somebody may do on some clusters, put together into few lines.
struct Allowances {
    let rules: Rulebook
    let actor: Actor
    let clusters: [Cluster]
    /// The actions that it is about, the most needed first.
    var actions = ActionCatalogue.byUse

    /// The most lines of an answer, and the most clusters that one line names.
    private static let mostLines = 9
    private static let mostNames = 4

    /// An action as far as one rule allows it.
    private struct Item: Hashable {
        let words: String
        /// `up to 8`; empty where nothing bounds it.
        let bounds: String
        let needs: String
        let weight: Int

        var text: String { bounds.isEmpty ? words : "\(words) (\(bounds))" }
    }

    /// Clusters on which the same is allowed.
    private struct Place {
        let items: [Item]
        var clusters: [Cluster]
    }

    /// Returns a line for each group of clusters and each kind of needs, the clusters with most first; none where nothing
    /// is allowed.
    func lines(in channel: Channel) -> [RichText] {
        var places: [Place] = []
        for cluster in clusters {
            let items = items(cluster, in: channel)
            guard !items.isEmpty else { continue }
            if let index = places.firstIndex(where: { $0.items == items }) {
                places[index].clusters.append(cluster)
            } else {
                places.append(Place(items: items, clusters: [cluster]))
            }
        }
        places.sort { $0.items.count > $1.items.count }
        var lines = places.flatMap(Self.lines)
        if lines.count > Self.mostLines {
            let more = lines.count - Self.mostLines + 1
            lines = lines.prefix(Self.mostLines - 1) + ["… and \(more) more lines; name a cluster: \(code: example)"]
        }
        let others = actions.count < ActionCatalogue.byUse.count ? [] : otherRights(in: channel)
        if !others.isEmpty { lines.append(RichText(marked: "Besides: \(others.joined(separator: ", ")).")) }
        return lines
    }

    /// Returns what an action needs on a cluster, the lightest first, with what bounds it: `runs at once (up to 2)`; none where
    /// it is not allowed.
    func needs(of spec: ActionSpec, on cluster: Cluster, in channel: Channel) -> [String] {
        Allowances(rules: rules, actor: actor, clusters: [cluster], actions: [spec]).items(cluster, in: channel)
            .sorted { $0.weight < $1.weight }.map { $0.bounds.isEmpty ? $0.needs : "\($0.needs) (\($0.bounds))" }
    }

    /// Returns the channels that rules name in which more is allowed than in this one.
    func channelsWithMore(than channel: Channel) -> [Channel] {
        var named: Set<Channel> = []
        for rule in rules.policy.rules where rule.effect == .allow {
            for cluster in clusters { named.formUnion(rules.policy.filled(rule, on: cluster).channels ?? []) }
        }
        let here = clusters.map { Set(items($0, in: channel)) }
        return named.sorted { $0.description < $1.description }.filter { other in
            other != channel && zip(clusters, here).contains { !Set(items($0, in: other)).isSubset(of: $1) }
        }
    }

    private var example: String { clusters.first.map { "\($0.id) may" } ?? "may" }

    private static func lines(_ place: Place) -> [RichText] {
        var names = place.clusters.prefix(mostNames).map(\.title).joined(separator: ", ")
        if place.clusters.count > mostNames { names += " and \(place.clusters.count - mostNames) more" }
        var seen: [String] = []
        for item in place.items.sorted(by: { $0.weight < $1.weight }) where !seen.contains(item.needs) {
            seen.append(item.needs)
        }
        return seen.map { needs in
            let texts = place.items.filter { $0.needs == needs }.map(\.text).joined(separator: ", ")
            return "\(strong: names): \(texts) – \(needs)"
        }
    }

    /// The actions that are allowed on a cluster, the most needed first, each with what it needs.
    private func items(_ cluster: Cluster, in channel: Channel) -> [Item] {
        actions.flatMap { spec -> [Item] in
            let found = permits(spec.name, on: cluster, in: channel).map {
                (bounds: bounds($0, spec, cluster), permit: $0)
            }
            // What is allowed without bounds for less makes the rest pointless.
            let least = found.filter { $0.bounds.isEmpty }.map(\.permit.needs.weight).min() ?? .max
            var items: [Item] = []
            for one in found
            where one.permit.needs.weight < least || (one.bounds.isEmpty && one.permit.needs.weight == least) {
                let item = Item(
                    words: spec.words.joined(separator: " "),
                    bounds: one.bounds,
                    needs: one.permit.needs.inShort,
                    weight: one.permit.needs.weight
                )
                if !items.contains(item) { items.append(item) }
            }
            return items
        }
    }

    /// The limits and values of a permit's rule for an action: `up to 8`, `only 77, 81`.
    private func bounds(_ permit: Permit, _ spec: ActionSpec, _ cluster: Cluster) -> String {
        guard let rule = rules.policy.rules.first(where: { $0.name == permit.rule }) else { return "" }
        let several = spec.fields.count > 1
        return spec.fields.flatMap { field -> [String] in
            let name = several ? "\(field.name) " : ""
            let most = rule.limits[field.name].map { "\(name)up to \($0)" }
            let only = rule.values[field.name].map {
                "\(name)only \($0.map(\.listed).sorted().joined(separator: ", "))"
            }
            return [most, only].compactMap(\.self)
        }.joined(separator: "; ")
    }

    private func otherRights(in channel: Channel) -> [String] {
        let words = [
            (Right.resolve, "settle unknown outcomes (`resolve`)"), (Right.lock, "lock clusters (`lock`)"),
            (Right.freeze, "freeze them (`freeze`)"), (Right.release, "let changes be sent again (`release`)"),
        ]
        return words.filter { right, _ in
            let targets: [Cluster?] = right == Right.release ? [nil] : clusters
            return targets.contains { !permits(right, on: $0, in: channel).isEmpty }
        }.map(\.1)
    }

    private func permits(_ right: String, on cluster: Cluster?, in channel: Channel) -> [Permit] {
        rules.policy.permits(for: Policy.Request(actor: actor, channel: channel, right: right, cluster: cluster))
    }
}

extension Needs {
    /// The needs in the fewest words, for a list: `runs at once`, `you confirm`.
    var inShort: String {
        switch self {
        case .nothing: "runs at once"
        case .confirmation: "you confirm"
        case .approvals(let needs):
            "\(needs.sentence) \(needs.entries.reduce(0) { $0 + $1.count } == 1 ? "approves" : "approve")"
        }
    }
}
