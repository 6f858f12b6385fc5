import BotCore
import BotEngine

/// Who may do what, as the simulation has it: made into the engine's policy on one side, and asked by the checks on the
/// other, which never ask the engine's policy.
struct Rules {
    /// One way to be allowed.
    enum Way: Hashable {
        case free, confirm
        /// So many members of each group, nobody twice.
        case agree([Seat])
    }

    struct Seat: Hashable {
        let group: String
        let count: Int
    }

    struct Ban: Hashable {
        let label: String
        let action: String
    }

    /// How long people have to agree, and how long their agreement holds.
    static let within = 300.seconds
    static let valid = 150.seconds
    static let reconcile = ReconcileSettings(after: .seconds(120), every: .seconds(20), giveUp: .seconds(3 * 3600))

    /// The crowd is busier than people are.
    static let limits = RequestLimits(openChanges: 1000, requestsPerMinute: 10_000)

    var version = 1
    var people = Dictionary(
        uniqueKeysWithValues: Person.allCases.flatMap { one in one.accounts.map { ($0, one.name) } }
    )
    var groups: [String: Set<String>] = [
        "engineers": ["amy", "ann"], "leads": ["bob", "cat"], "owners": ["dan", "fay"],
    ]
    var clusters = Self.allClusters
    /// By the clusters' label `kind`.
    var ways: [String: [Way]] = [
        "dev": [.free], "prod": [.agree([Seat(group: "leads", count: 1)])], "lab": [.confirm],
        "pair": [.agree([Seat(group: "leads", count: 2)])],
        "either": [.agree([Seat(group: "leads", count: 1)]), .agree([Seat(group: "owners", count: 2)])],
        "both": [.agree([Seat(group: "leads", count: 1), Seat(group: "owners", count: 1)]), .confirm],
    ]
    var bans: Set<Ban> = []
    /// The largest number of nodes to add to clusters of the kind `prod`.
    var mostNodes = 8
    /// Whether clusters of the kind `pair` may be changed from the operations channel only.
    var pairInOpsOnly = false

    /// A freeze that stands in the rules, with an exception for the leads' `restart workers`.
    struct Pause {
        static let name = "a pause"
        let kind: String
        let from: Timestamp
        let until: Timestamp
    }

    var pause: Pause? = Pause(
        kind: "lab",
        from: Timestamp(seconds: World.origin / 1.seconds + 1060),
        until: Timestamp(seconds: World.origin / 1.seconds + 1180)
    )

    static let allClusters = [
        Cluster(id: 42, name: "prod-train", project: "vision", labels: ["kind": "prod"]),
        Cluster(id: 43, name: "dev-train", project: "nlp", labels: ["kind": "dev"]),
        Cluster(id: 44, name: "lab", project: "nlp", labels: ["kind": "lab"]),
        Cluster(id: 45, name: "pair", project: "nlp", labels: ["kind": "pair"]),
        Cluster(id: 46, name: "either", project: "nlp", labels: ["kind": "either"]),
        Cluster(id: 47, name: "both", project: "vision", labels: ["kind": "both"]),
    ]

    // MARK: Asked by the checks

    /// The ways in which this may be done, by the words of these rules alone; none: it may not.
    func ways(_ change: Change) -> [Way] {
        guard let person = listed(change.requester),
            let cluster = clusters.first(where: { $0.id == change.cluster.id }),
            cluster.project == change.cluster.project, let kind = cluster.labels["kind"],
            groups["engineers"]?.contains(person) == true || groups["leads"]?.contains(person) == true,
            !bans.contains(Ban(label: kind, action: change.action))
        else { return [] }
        if kind == "prod", let nodes = change.parameters["additional_nodes"]?.int, nodes > mostNodes { return [] }
        if kind == "pair", pairInOpsOnly, change.channel != .ops { return [] }
        return ways[kind] ?? []
    }

    /// The person behind an account, if these rules still list it as theirs.
    func listed(_ actor: Actor) -> String? {
        guard let account = actor.account, let person = people[account], person == actor.person else { return nil }
        return person
    }

    /// Whether these people can take all the seats, each person one: by trying everything.
    func canTake(_ seats: [Seat], _ agreed: Set<String>) -> Bool {
        taken(seats, agreed) == seats.reduce(0) { $0 + $1.count }
    }

    /// The most seats that these people can take, each person one: by trying everything.
    func taken(_ seats: [Seat], _ agreed: Set<String>) -> Int {
        let places = seats.flatMap { Array(repeating: $0.group, count: $0.count) }
        func fill(_ index: Int, _ left: Set<String>) -> Int {
            guard index < places.count else { return 0 }
            let members = left.filter { groups[places[index]]?.contains($0) == true }
            let taking = members.map { 1 + fill(index + 1, left.subtracting([$0])) }
            return max(fill(index + 1, left), taking.max() ?? 0)
        }
        return fill(0, agreed)
    }

    // MARK: For the engine

    var rulebook: Rulebook {
        Rulebook(
            clusters: clusters,
            ipTypes: ["reserved"],
            policy: Policy(
                people: people,
                groups: groups,
                rules: allowing + forbidding + [
                    Rule(
                        name: "leads settle",
                        effect: .allow,
                        rights: [Right.resolve, Right.lock, Right.freeze],
                        who: [.group("leads")]
                    ),
                    Rule(name: "engineers lock", effect: .allow, rights: [Right.lock], who: [.group("engineers")]),
                ],
                digest: "rules-\(version)"
            ),
            reconcile: Self.reconcile,
            limits: Self.limits,
            groupCalls: ["owners": GroupCalls(channel: .owners)],
            freezes: pause.map { [$0.freeze] } ?? [],
            commandWords: "/cluster"
        )
    }

    private var allowing: [Rule] {
        ways.sorted { $0.key < $1.key }.flatMap { kind, ways in
            ways.enumerated().map { index, way in
                Rule(
                    name: "\(kind) \(index + 1)",
                    effect: .allow,
                    rights: Set(ActionCatalogue.all.map(\.name)),
                    who: [.group("engineers"), .group("leads")],
                    clusters: .init(labels: ["kind": [kind]]),
                    channels: kind == "pair" && pairInOpsOnly ? [.ops] : nil,
                    limits: kind == "prod" ? ["additional_nodes": mostNodes] : [:],
                    needs: way.needs
                )
            }
        }
    }

    private var forbidding: [Rule] {
        bans.sorted { ($0.label, $0.action) < ($1.label, $1.action) }.map { ban in
            Rule(
                name: "no \(ban.action) on \(ban.label)",
                effect: .forbid,
                rights: [ban.action],
                who: [.everyone],
                clusters: .init(labels: ["kind": [ban.label]])
            )
        }
    }
}

extension Rules.Pause {
    fileprivate var freeze: Freeze {
        Freeze(
            name: Self.name,
            clusters: .init(labels: ["kind": [kind]]),
            from: from,
            until: until,
            exceptions: .init(who: [.group("leads")], actions: ["restart_workers"]),
            source: .configuration
        )
    }
}

extension Rules.Way {
    fileprivate var needs: Needs {
        switch self {
        case .free: .nothing
        case .confirm: .confirmation
        case .agree(let seats):
            .approvals(
                ApprovalNeeds(
                    entries: seats.map { .init(from: $0.group, count: $0.count) },
                    within: .microseconds(Rules.within),
                    valid: .microseconds(Rules.valid)
                )
            )
        }
    }
}
