import BotCore

/// The statements of the table `change`, which has one row a change request.
enum ChangeRows {
    /// The columns that are set once, by ``insert(_:with:)``. So is `asker`, by which people are served in turn.
    private static let fixed = """
        id, cluster, cluster_name, cluster_project, cluster_labels, action, arguments, person, account, name, \
        channel, reason, replaces, reply_handle, typed_at, created_at, request
        """
    /// The columns that ``update(_:with:)`` sets, too.
    private static let changing = """
        state, how_known, permits, rule, policy, parameters, plan, expires_at, valid_until, ready_order, outcome, \
        recorded_seq, recorded_hash, updated_at, revision, added_reasons, \
        busy_status, busy_since, calls_at, planned_at, asked_members, shown_wait
        """
    private static let select = "SELECT \(fixed), \(changing) FROM change"
    fileprivate static let one = Query("\(select) WHERE id = ?")
    fileprivate static let all = Query("\(select) ORDER BY id")
    fileprivate static let newest = Query("\(select) ORDER BY id DESC LIMIT ?")
    /// The queries for the newest changes that fit: with a person or without, with a cluster or without, failed ones or all.
    /// The index is named, because the planner knows nothing of how many rows there are.
    private static let matching: [Query] = (0..<8).map { parts in
        let (person, cluster, failed) = (parts & 1 != 0, parts & 2 != 0, parts & 4 != 0)
        let index =
            person ? "change_of_person" : cluster ? "change_of_cluster" : failed ? "change_failed" : nil
        let conditions =
            ["id < ?"] + (person ? ["person = ?"] : []) + (cluster ? ["cluster = ?"] : [])
            + (failed ? ["state = 'failed'"] : [])
        return Query(
            """
            \(select) \(index.map { "INDEXED BY \($0) " } ?? "")WHERE \(conditions.joined(separator: " AND "))
            ORDER BY id DESC LIMIT ?
            """
        )
    }

    fileprivate static func newest(matching filter: ChangeFilter) -> (Query, [StoredValue]) {
        let parts = (filter.person == nil ? 0 : 1) + (filter.cluster == nil ? 0 : 2) + (filter.failedOnly ? 4 : 0)
        let values =
            [.int(filter.before ?? .max)] + (filter.person.map { [StoredValue.text($0)] } ?? [])
            + (filter.cluster.map { [StoredValue.int($0)] } ?? [])
        return (matching[parts], values)
    }
    fileprivate static let last = Query("SELECT coalesce(max(id), 0) FROM change")

    /// The queries for the changes in a state, of all clusters or of one. The state is part of the text, so that SQLite
    /// sees that a partial index holds them. Ended changes are in no index of states: nothing looks for them.
    fileprivate struct InState {
        let all: Query
        let ofCluster: Query

        init(_ state: ChangeState) {
            let index =
                switch state {
                case .preparing: "INDEXED BY change_preparing "
                case .pending, .ready, .sending, .unknown: "INDEXED BY change_open "
                case .succeeded, .failed, .refused, .denied, .cancelled, .expired, .superseded: ""
                }
            let sql = "\(select) \(index)WHERE state = '\(state.rawValue)'"
            all = Query(sql)
            ofCluster = Query("\(sql) AND cluster = ?")
        }
    }

    private static let byState = Dictionary(uniqueKeysWithValues: ChangeState.allCases.map { ($0, InState($0)) })

    fileprivate static func `in`(
        _ states: Set<ChangeState>,
        _ find: (InState) throws -> [Change]
    ) rethrows -> [Change] {
        var found: [Change] = []
        for state in states { if let queries = byState[state] { found += try find(queries) } }
        return found.count > 1 ? found.sorted { $0.id < $1.id } : found
    }

    /// The moment when a change was created; for those that wait for their plan or for people a moment after all
    /// others. The index `change_same` has the same expression.
    private static let waitingOrSince =
        "(CASE WHEN state = 'preparing' OR state = 'pending' THEN 9223372036854775807 ELSE created_at END)"

    /// The identical requests: all that wait, and the others from a moment on.
    fileprivate static let same = Query(
        """
        \(select) INDEXED BY change_same
        WHERE cluster = ? AND action = ? AND arguments = ? AND \(waitingOrSince) >= ?
        """
    )

    fileprivate static let anyUnknown = Query(
        "SELECT 1 FROM change INDEXED BY change_open WHERE state = 'unknown' LIMIT 1"
    )

    fileprivate static let toPrepare = Query(
        """
        \(select) INDEXED BY change_preparing WHERE state = 'preparing' AND asker = ?
        ORDER BY id LIMIT ?
        """
    )
    fileprivate static let deniedSince = Query(
        """
        \(select) INDEXED BY change_denied WHERE state = 'denied' AND cluster = ? AND updated_at >= ?
        ORDER BY updated_at
        """
    )
    fileprivate static let nextPreparingAsker = Query(
        "SELECT asker FROM change INDEXED BY change_preparing WHERE state = 'preparing' AND asker > ? ORDER BY asker LIMIT 1"
    )
    fileprivate static let openOfAsker = Query(
        "SELECT count(*) FROM change INDEXED BY change_asked WHERE \(waits) AND asker = ?"
    )
    /// The condition of open changes that were not sent, as the index `change_asked` has it.
    private static let waits = "(state = 'preparing' OR state = 'pending' OR state = 'ready')"
    fileprivate static let nextReady = Query(
        """
        SELECT id FROM change INDEXED BY change_ready WHERE state = 'ready' AND cluster > ?
        ORDER BY cluster, ready_order LIMIT 1
        """
    )
    fileprivate static let expiredPending = Query(
        """
        SELECT id FROM change INDEXED BY change_expiry WHERE state = 'pending' AND expires_at <= ?
        ORDER BY expires_at LIMIT ?
        """
    )
    fileprivate static let expiredReady = Query(
        """
        SELECT id FROM change INDEXED BY change_validity WHERE state = 'ready' AND valid_until <= ?
        ORDER BY valid_until LIMIT ?
        """
    )
    fileprivate static let calling = Query(
        """
        SELECT id FROM change INDEXED BY change_calls WHERE state = 'pending' AND calls_at <= ?
        ORDER BY calls_at LIMIT ?
        """
    )
    fileprivate static let failedByReading = Query(
        """
        \(select) INDEXED BY change_failed_by_reading WHERE state = 'failed' AND how_known = 'read_back'
        ORDER BY id
        """
    )
    fileprivate static let nextReadyOrder = Query(
        "UPDATE meta SET value = value + 1 WHERE name = 'ready_order' RETURNING value"
    )
    /// The condition of changes that were sent, as the index `change_sent` has it.
    static let wasSent = "(state = 'sending' OR state = 'succeeded' OR state = 'unknown')"

    /// A question mark for each of these columns.
    private static func places(_ columns: String) -> String {
        columns.split(separator: ",").map { _ in "?" }.joined(separator: ", ")
    }

    private static let insert = Query(
        "INSERT INTO change (\(fixed), asker, \(changing)) VALUES (\(places("\(fixed), asker, \(changing)")))"
    )
    private static let update = Query(
        """
        UPDATE change SET (\(changing)) = (\(places(changing)))
        WHERE id = ? AND revision <= ?
        """
    )

    static func decode(_ row: inout StoredRow) throws -> Change {
        let id = try row.int()
        let cluster = Cluster(
            id: try row.int(),
            name: try row.text(),
            project: try row.text(),
            labels: try row.json().compactMapValues(\.string)
        )
        let action = try row.text()
        let argumentsText = try row.text()
        let arguments = try StoredJSON.object(argumentsText)
        let requester = try StoredIdentity.actor(&row)
        let channel = try row.parsed(StoredIdentity.channel)
        let (reason, replaces, replyHandle) = (try row.optionalText(), try row.optionalInt(), try row.optionalText())
        let (typedAt, createdAt) = (try row.time(), try row.time())
        let request = try row.optionalText()
        let state = try row.parsed(ChangeState.init(rawValue:))
        let howKnown = try row.optionalParsed(HowKnown.init(rawValue:))
        let permits = try row.parsed(StoredPermits.decode)
        let (rule, policy) = (try row.optionalText(), try row.text())
        var change = Change(
            id: id,
            cluster: cluster,
            action: action,
            arguments: arguments,
            requester: requester,
            channel: channel,
            reason: reason,
            replaces: replaces,
            replyHandle: replyHandle,
            typedAt: typedAt,
            createdAt: createdAt,
            request: request,
            state: state,
            permits: permits,
            policy: policy
        )
        change.howKnown = howKnown
        change.rule = rule
        let parametersText = try row.text()
        change.parameters = parametersText == argumentsText ? arguments : try StoredJSON.object(parametersText)
        change.plan = try row.optionalParsed(Plan.init(stored:))
        change.expiresAt = try row.optionalTime()
        change.validUntil = try row.optionalTime()
        change.readyOrder = try row.optionalInt()
        change.outcome = try row.optionalText()
        let (recordedSeq, recordedHash) = (try row.optionalInt(), try row.optionalText())
        change.recorded = try recordedSeq.map { HistoryHead(seq: $0, hash: try row.required(recordedHash)) }
        change.updatedAt = try row.time()
        change.revision = try row.int()
        change.addedReasons = try row.parsed(StoredJSON.texts)
        let (busyStatus, busySince) = (try row.optionalText(), try row.optionalTime())
        change.busy = try busyStatus.map { ClusterBusy(status: $0, since: try row.required(busySince)) }
        change.callsAt = try row.optionalTime()
        change.plannedAt = try row.optionalTime()
        change.asked = try row.parsed(StoredMembers.decode)
        change.shownWait = try row.optionalText()
        return change
    }

    static func insert(_ change: Change, with statements: Statements) throws {
        var values: [StoredValue] = []
        values.reserveCapacity(40)
        let (arguments, labels) = (StoredValue.json(change.arguments), change.cluster.labels)
        values += [
            .int(change.id),
            .int(change.cluster.id),
            .text(change.cluster.name),
            .text(change.cluster.project),
            .json(labels.isEmpty ? [:] : labels.mapValues(JSONValue.string)),
            .text(change.action),
            arguments,
            .text(change.requester.person),
            .text(try StoredIdentity.text(change.requester.account)),
            .text(change.requester.name),
            .text(try StoredIdentity.text(change.channel)),
            .text(change.reason),
            .int(change.replaces),
            .text(change.replyHandle),
            .time(change.typedAt),
            .time(change.createdAt),
            .text(change.request),
            .text(change.requester.key),
        ]
        // As long as nothing is planned, a change's parameters are its arguments.
        let isAsAsked = change.parameters == change.arguments
        try addChanging(change, parameters: isAsAsked ? arguments : .json(change.parameters), to: &values)
        try statements.execute(insert, values)
    }

    /// Updates the row. Returns false if there is no such row, or a later revision of it.
    static func update(_ change: Change, with statements: Statements) throws -> Bool {
        var values: [StoredValue] = []
        values.reserveCapacity(24)
        try addChanging(change, parameters: .json(change.parameters), to: &values)
        values += [.int(change.id), .int(change.revision)]
        return try statements.execute(update, values) == 1
    }

    private static func addChanging(_ change: Change, parameters: StoredValue, to values: inout [StoredValue])
        throws
    {
        values += [
            .text(change.state.rawValue),
            .text(change.howKnown?.rawValue),
            .string(StoredPermits.encode(change.permits)),
            .text(change.rule),
            .text(change.policy),
            parameters,
            .text(change.plan?.text),
            .time(change.expiresAt),
            .time(change.validUntil),
            .int(change.readyOrder),
            .text(change.outcome),
            .int(change.recorded?.seq),
            .text(change.recorded?.hash),
            .time(change.updatedAt),
            .int(change.revision),
            change.addedReasons.isEmpty ? .string("[]") : .string(StoredJSON.texts(change.addedReasons)),
            .text(change.busy?.status),
            .time(change.busy?.since),
            .time(change.callsAt),
            .time(change.plannedAt),
            .string(try StoredMembers.encode(change.asked)),
            .text(change.shownWait),
        ]
    }
}

extension RowReading {
    package func change(_ id: Int) throws -> Change? {
        try statements.first(ChangeRows.one, [.int(id)], ChangeRows.decode)
    }

    package func changes(in states: Set<ChangeState>) throws -> [Change] {
        try ChangeRows.in(states) { try statements.all($0.all, [], ChangeRows.decode) }
    }

    package func changes(cluster: Int, in states: Set<ChangeState>) throws -> [Change] {
        // Every command asks this, and nearly always there are none at all.
        if states.count == 1, states.contains(.unknown), try !hasUnknownChanges() { return [] }
        return try ChangeRows.in(states) { try statements.all($0.ofCluster, [.int(cluster)], ChangeRows.decode) }
    }

    private func hasUnknownChanges() throws -> Bool {
        if let known = statements.known.hasUnknownChanges { return known }
        let found = try statements.first(ChangeRows.anyUnknown, []) { try $0.int() } != nil
        statements.known.hasUnknownChanges = found
        return found
    }

    package func changes(
        cluster: Int,
        action: String,
        arguments: [String: JSONValue],
        waitingOrSince since: Timestamp
    ) throws -> [Change] {
        try statements.all(
            ChangeRows.same,
            [.int(cluster), .text(action), .json(arguments), .time(since)],
            ChangeRows.decode
        ).sorted { $0.id < $1.id }
    }

    package func changesToPrepare(ofEach limit: Int) throws -> [Change] {
        var found: [Change] = []
        // Steps from one person to the next along the index, however many changes each has.
        var asker = ""
        while let next = try statements.first(ChangeRows.nextPreparingAsker, [.text(asker)], { try $0.text() }) {
            found += try statements.all(ChangeRows.toPrepare, [.text(next), .int(limit)], ChangeRows.decode)
            asker = next
        }
        return found
    }

    package func changesDenied(cluster: Int, since: Timestamp) throws -> [Change] {
        try statements.all(ChangeRows.deniedSince, [.int(cluster), .time(since)], ChangeRows.decode)
    }

    package func openChanges(of asker: String) throws -> Int {
        try statements.first(ChangeRows.openOfAsker, [.text(asker)]) { try $0.int() } ?? 0
    }

    package func firstReadyChanges() throws -> [Change] {
        var first: [Change] = []
        // Steps from one cluster to the next along the index, however many changes wait at each.
        var cluster = -1
        while let id = try statements.first(ChangeRows.nextReady, [.int(cluster)], { try $0.int() }),
            let change = try change(id)
        {
            first.append(change)
            cluster = change.cluster.id
        }
        return first.sorted { ($0.readyOrder ?? 0) < ($1.readyOrder ?? 0) }
    }

    package func expiredChanges(at now: Timestamp, limit: Int) throws -> [Int] {
        let pending = try statements.all(ChangeRows.expiredPending, [.time(now), .int(limit)]) { try $0.int() }
        let ready = try statements.all(ChangeRows.expiredReady, [.time(now), .int(limit)]) { try $0.int() }
        return Array((pending + ready).prefix(limit))
    }

    package func changesCalling(at now: Timestamp, limit: Int) throws -> [Int] {
        try statements.all(ChangeRows.calling, [.time(now), .int(limit)]) { try $0.int() }
    }

    package func changesFailedByReading() throws -> [Change] {
        try statements.all(ChangeRows.failedByReading, [], ChangeRows.decode)
    }

    package func newestChanges(_ count: Int?) throws -> [Change] {
        guard let count else { return try statements.all(ChangeRows.all, [], ChangeRows.decode) }
        return try statements.all(ChangeRows.newest, [.int(max(0, count))], ChangeRows.decode).reversed()
    }

    package func newestChanges(_ count: Int, matching filter: ChangeFilter) throws -> [Change] {
        let (query, values) = ChangeRows.newest(matching: filter)
        return try statements.all(query, values + [.int(max(0, count))], ChangeRows.decode)
    }
}

extension RowWriter {
    package func nextChangeID() throws -> Int {
        if let last = statements.known.lastChange { return last + 1 }
        let last = try statements.first(ChangeRows.last, []) { try $0.int() } ?? 0
        statements.known.lastChange = last
        return last + 1
    }

    package func insert(_ change: Change) throws {
        try ChangeRows.insert(change, with: statements)
        noteState(of: change)
        statements.known.lastChange = statements.known.lastChange.map { max($0, change.id) }
    }

    package func update(_ change: Change) throws {
        guard try ChangeRows.update(change, with: statements) else {
            throw StoreError(.conflict, "Change #\(change.id) is not there, or was changed meanwhile. Read it again.")
        }
        noteState(of: change)
    }

    private func noteState(of change: Change) {
        if change.state == .unknown { statements.known.hasUnknownChanges = true }
    }

    package func nextReadyOrder() throws -> Int {
        try statements.first(ChangeRows.nextReadyOrder, []) { try $0.int() } ?? 1
    }
}
