/// A freeze: a time in which nothing is sent to the clusters that it covers, but for its exceptions.
package struct Freeze: Hashable, Sendable {
    /// The people (names of groups may be ``LabelTemplate``s) for whom a freeze does not hold, and the actions that they may ask for all the same. Both must fit.
    package struct Exceptions: Hashable, Sendable {
        package let who: Set<Rule.Subject>
        /// The API's names of the actions.
        package let actions: Set<String>

        package init(who: Set<Rule.Subject>, actions: Set<String>) {
            self.who = who
            self.actions = actions
        }
    }

    package enum Source: Hashable, Sendable {
        /// Somebody typed it: who, why, and in which channel, which hears of its end.
        case chat(Actor, reason: String, Channel)
        case configuration
    }

    /// The name by which people end it: `F1` for one from chat, the author's words for one of the configuration.
    package let name: String
    /// The clusters that it covers, by their names and labels as they are now; nil: all.
    package let clusters: Rule.ClusterSelector?
    /// The first moment of it.
    package let from: Timestamp
    /// The first moment after it.
    package let until: Timestamp
    package let exceptions: Exceptions?
    package let source: Source

    package init(
        name: String,
        clusters: Rule.ClusterSelector?,
        from: Timestamp,
        until: Timestamp,
        exceptions: Exceptions? = nil,
        source: Source
    ) {
        self.name = name
        self.clusters = clusters
        self.from = from
        self.until = until
        self.exceptions = exceptions
        self.source = source
    }

    /// What it covers, as one text to compare: canonical JSON of the ids, names and labels; empty: everything.
    package var covering: String {
        guard let clusters else { return "" }
        let labels = (clusters.labels ?? [:]).mapValues { JSONValue.array($0.sorted().map(JSONValue.string)) }
        return JSONValue.object([
            "ids": .array((clusters.ids ?? []).sorted().map(JSONValue.int)),
            "names": .array((clusters.names ?? []).sorted().map(JSONValue.string)), "labels": .object(labels),
        ]).canonical
    }

    package func covers(_ cluster: Cluster) -> Bool { clusters?.matches(cluster) ?? true }

    /// Returns whether it is in force. One from chat begins when it is stored: a wall clock that is set back behind its
    /// begin must not open anything.
    package func isInForce(at now: Timestamp) -> Bool {
        guard case .configuration = source else { return now < until }
        return from <= now && now < until
    }

    /// Returns whether it lets somebody's action on a cluster pass.
    package func excepts(_ action: String, on cluster: Cluster, by actor: Actor, _ policy: Policy) -> Bool {
        guard let exceptions, policy.isKnown(actor), exceptions.actions.contains(action) else { return false }
        return exceptions.who.contains { subject in
            switch subject {
            case .everyone: true
            case .group(let name): policy.isMember(actor, of: LabelTemplate.name(name, on: cluster)) == true
            case .person(let name): name == actor.person
            }
        }
    }

    /// The time that one from chat lasts if nobody says otherwise.
    package static let usualSpan = Duration.seconds(4 * 3600)

    /// The name of the freeze from chat with this number.
    package static func name(_ number: Int) -> String { "F\(number)" }

    /// Returns the number in the name of a freeze from chat, in any case; nil for other names.
    package static func number(in name: String) -> Int? {
        guard let first = name.utf8.first, first == UInt8(ascii: "F") || first == UInt8(ascii: "f") else { return nil }
        let digits = name.dropFirst()
        guard (1...9).contains(digits.utf8.count), digits.first != "0",
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(digits)
    }
}
