import BotCore

/// The table `change`: one row a change request.
enum ChangeRows {
    /// Set once, by ``insert(_:with:)``.
    private static let fixed = """
        id, cluster, cluster_name, cluster_project, cluster_labels, action, arguments, person, account, name, \
        channel, reason, replaces, reply_handle, typed_at, created_at
        """
    /// Also set by ``update(_:with:)``.
    private static let changing = """
        state, how_known, permits, rule, policy, parameters, plan, expires_at, valid_until, ready_order, outcome, \
        recorded_seq, recorded_hash, updated_at, revision
        """
    static let select = "SELECT \(fixed), \(changing) FROM change"

    private static let insertSQL = """
        INSERT INTO change (\(fixed), \(changing)) VALUES (\(Array(repeating: "?", count: 31).joined(separator: ", ")))
        """
    private static let updateSQL = """
        UPDATE change SET (\(changing)) = (\(Array(repeating: "?", count: 15).joined(separator: ", ")))
        WHERE id = ? AND revision <= ?
        """

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
        return change
    }

    static func insert(_ change: Change, with statements: Statements) throws {
        let fixed: [StoredValue] = [
            .int(change.id),
            .int(change.cluster.id),
            .text(change.cluster.name),
            .text(change.cluster.project),
            .json(change.cluster.labels.mapValues(JSONValue.string)),
            .text(change.action),
            .json(change.arguments),
            .text(change.requester.person),
            .text(try StoredIdentity.text(change.requester.account)),
            .text(change.requester.name),
            .text(try StoredIdentity.text(change.channel)),
            .text(change.reason),
            .int(change.replaces),
            .text(change.replyHandle),
            .time(change.typedAt),
            .time(change.createdAt),
        ]
        try statements.execute(insertSQL, fixed + changingValues(change))
    }

    /// False if there is no such row, or a later revision of it.
    static func update(_ change: Change, with statements: Statements) throws -> Bool {
        try statements.execute(updateSQL, changingValues(change) + [.int(change.id), .int(change.revision)]) == 1
    }

    private static func changingValues(_ change: Change) -> [StoredValue] {
        [
            .text(change.state.rawValue),
            .text(change.howKnown?.rawValue),
            .text(StoredPermits.encode(change.permits)),
            .text(change.rule),
            .text(change.policy),
            .json(change.parameters),
            .text(change.plan?.text),
            .time(change.expiresAt),
            .time(change.validUntil),
            .int(change.readyOrder),
            .text(change.outcome),
            .int(change.recorded?.seq),
            .text(change.recorded?.hash),
            .time(change.updatedAt),
            .int(change.revision),
        ]
    }
}

extension SQLiteReading {
    package func change(_ id: Int) throws -> Change? {
        try statements.first("\(ChangeRows.select) WHERE id = ?", [.int(id)], ChangeRows.decode)
    }

    package func changes(in states: Set<ChangeState>) throws -> [Change] {
        try statements.all(
            "\(ChangeRows.select) WHERE state IN (\(places(states))) ORDER BY id",
            values(states),
            ChangeRows.decode
        )
    }

    package func changes(cluster: Int, in states: Set<ChangeState>) throws -> [Change] {
        try statements.all(
            "\(ChangeRows.select) WHERE cluster = ? AND state IN (\(places(states))) ORDER BY id",
            [.int(cluster)] + values(states),
            ChangeRows.decode
        )
    }

    package func changes(
        cluster: Int,
        action: String,
        arguments: [String: JSONValue],
        waitingOrSince since: Timestamp
    ) throws -> [Change] {
        let same: [StoredValue] = [.int(cluster), .text(action), .json(arguments)]
        let waiting: Set<ChangeState> = [.preparing, .pending]
        // Two look-ups, so that each has an index that leads to its rows and to no others.
        let open = try statements.all(
            "\(ChangeRows.select) WHERE cluster = ? AND action = ? AND arguments = ? AND state IN (\(places(waiting)))",
            same + values(waiting),
            ChangeRows.decode
        )
        let recent = try statements.all(
            "\(ChangeRows.select) WHERE cluster = ? AND action = ? AND arguments = ? AND created_at >= ?",
            same + [.time(since)],
            ChangeRows.decode
        )
        return (open + recent.filter { one in !open.contains { $0.id == one.id } }).sorted { $0.id < $1.id }
    }

    package func newestChanges(_ count: Int?) throws -> [Change] {
        guard let count else { return try statements.all("\(ChangeRows.select) ORDER BY id", [], ChangeRows.decode) }
        return try statements.all(
            "\(ChangeRows.select) ORDER BY id DESC LIMIT ?",
            [.int(max(0, count))],
            ChangeRows.decode
        ).reversed()
    }

    private func places(_ states: Set<ChangeState>) -> String {
        Array(repeating: "?", count: states.count).joined(separator: ", ")
    }

    private func values(_ states: Set<ChangeState>) -> [StoredValue] { states.map { .text($0.rawValue) } }
}

extension SQLiteWriter {
    package func nextChangeID() throws -> Int {
        try statements.first("SELECT coalesce(max(id), 0) + 1 FROM change", []) { try $0.int() } ?? 1
    }

    package func insert(_ change: Change) throws {
        try ChangeRows.insert(change, with: statements)
    }

    package func update(_ change: Change) throws {
        guard try ChangeRows.update(change, with: statements) else {
            throw StoreError(.conflict, "Change #\(change.id) is not there, or was changed meanwhile. Read it again.")
        }
    }

    package func nextReadyOrder() throws -> Int {
        try statements.first("UPDATE meta SET value = value + 1 WHERE name = 'ready_order' RETURNING value", []) {
            try $0.int()
        } ?? 1
    }
}
