import BotCore

/// Transactions that a test can recognise afterwards: whether each is there, and whether it is whole.
///
/// Number n opens change n, as a sending is begun: change, intent, approval, delivery, two posts and two entries of the
/// history. Settling it changes two of those rows and adds an entry.
package enum NumberedCommit {
    /// How far a change has come.
    package enum Stage: Int, Sendable, Comparable {
        case absent, opened, settled

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A transaction of which only a part is there.
    package struct Half: Error, CustomStringConvertible {
        package let description: String
    }

    private static let start = Timestamp(seconds: 1_800_000_000)
    private static let channel = Channel(platform: "slack", workspace: "T1", id: "C1")
    private static let actor = Actor(
        person: "amy",
        account: Account(platform: "slack", workspace: "T1", user: "U0AMY"),
        name: "Amy"
    )

    /// - Parameter surplus: so many further deliveries, for a transaction of many pages.
    package static func open(_ number: Int, surplus: Int = 0, in store: any StoreWriter) throws {
        // One of its own each: only one sending may be open on a cluster.
        let cluster = Cluster(id: number, name: "train-\(number)", project: "vision")
        let at = start + .seconds(number)
        let change = Change(
            id: number,
            cluster: cluster,
            action: "scale_cluster",
            arguments: ["additional_nodes": .int(number)],
            requester: actor,
            channel: channel,
            typedAt: at,
            createdAt: at,
            state: .sending,
            policy: "p"
        )
        try store.insert(change)
        try store.insert(
            Intent(
                change: number,
                bodyDigest: "body \(number)",
                before: "{}",
                sendBy: at + .seconds(5),
                leaseUntil: at + .seconds(60),
                fence: try store.fence(),
                startedAt: at
            )
        )
        _ = try store.insert(
            Approval(change: number, actor: actor, verdict: .approved, comment: nil, digest: "digest \(number)", at: at)
        )
        try append(.requested, number, cluster, to: store)
        let head = try append(.sending, number, cluster, to: store)
        try store.save(
            Post(change: number, place: .conversation, channel: channel, asker: "person amy", wanted: 1, nextTry: at)
        )
        try store.save(
            Post(
                change: number,
                place: .history(seq: head.seq),
                channel: channel,
                asker: "person amy",
                wanted: 1,
                nextTry: at
            )
        )
        try store.remember(delivery: "\(number)", answer: "#\(number)", at: at)
        for extra in 0..<surplus { try store.remember(delivery: "\(number)/\(extra)", answer: "surplus", at: at) }
    }

    package static func settle(_ number: Int, in store: any StoreWriter) throws {
        guard var change = try store.change(number), var intent = try store.intent(of: number) else {
            throw Half(description: "change \(number) is not there to be settled")
        }
        change.state = .succeeded
        change.howKnown = .answer
        change.outcome = "settled \(number)"
        change.revision += 1
        try store.update(change)
        intent.endedAt = start + .seconds(number + 1)
        intent.evidence = "accepted \(number)"
        try store.update(intent)
        try append(.succeeded, number, change.cluster, to: store)
    }

    @discardableResult
    private static func append(
        _ kind: HistoryEntry.Kind,
        _ number: Int,
        _ cluster: Cluster,
        to store: any StoreWriter
    ) throws -> HistoryHead {
        try store.append(
            HistoryEntry(
                at: start + .seconds(number),
                kind: kind,
                change: number,
                cluster: cluster,
                action: "scale_cluster",
                parameters: ["additional_nodes": .int(number)],
                actor: actor,
                rule: "r",
                policy: "p",
                detail: ["number": .int(number)],
                texts: ["reason": "number \(number)"]
            )
        )
    }

    /// How far each of the numbers from 1 on has come.
    /// - Throws: ``Half`` for the first that is not whole.
    package static func stages(upTo last: Int, in store: any StoreReader) throws -> [Int: Stage] {
        let kinds = try store.history(from: 1, limit: .max).reduce(into: [Int: [String]]()) { kinds, entry in
            let document = try JSONValue(parsing: entry.entry)
            guard let number = document["change"]?.int, let kind = document["kind"]?.string else {
                throw Half(description: "entry \(entry.seq) is about nothing")
            }
            kinds[number, default: []].append(kind)
        }
        guard kinds.keys.allSatisfy({ (1...last).contains($0) }) else {
            throw Half(description: "the history is about changes that were never made: \(kinds.keys.sorted())")
        }
        var stages: [Int: Stage] = [:]
        for number in 1...last { stages[number] = try stage(of: number, kinds[number] ?? [], in: store) }
        return stages
    }

    private static func stage(of number: Int, _ kinds: [String], in store: any StoreReader) throws -> Stage {
        let change = try store.change(number)
        let intent = try store.intent(of: number)
        let approvals = try store.approvals(of: number).count
        let isDelivered = try store.answer(toDelivery: "\(number)") == "#\(number)"
        let isPosted = try store.post(change: number, place: .conversation) != nil
        let isSettled = change?.state == .succeeded
        let found = "change \(number): \(change?.state.rawValue ?? "-"), intent \(intent != nil), history \(kinds)"
        guard let change else {
            let isNothing = intent == nil && approvals == 0 && !isDelivered && !isPosted && kinds.isEmpty
            guard isNothing else { throw Half(description: found) }
            return .absent
        }
        let isWhole =
            intent?.bodyDigest == "body \(number)" && approvals == 1 && isDelivered && isPosted
            && change.arguments == ["additional_nodes": .int(number)]
            && kinds == ["requested", "sending"] + (isSettled ? ["succeeded"] : [])
            && (intent?.evidence == "accepted \(number)") == isSettled
            && (change.outcome == "settled \(number)") == isSettled
        guard isWhole else { throw Half(description: found) }
        return isSettled ? .settled : .opened
    }
}
