import BotCore

/// The statements of the table `intent`, which holds the one attempt of a change.
enum IntentRows {
    fileprivate static let ofChange = Query(
        """
        SELECT change, body_digest, before, send_by, lease_until, fence, started_at, ended_at, evidence
        FROM intent WHERE change = ?
        """
    )
    fileprivate static let sentAfter = Query(
        """
        SELECT id FROM change INDEXED BY change_sent WHERE cluster = ? AND ready_order > ? AND \(ChangeRows.wasSent)
        LIMIT 1
        """
    )
    fileprivate static let sentSince = Query(
        """
        SELECT change.id FROM intent INDEXED BY intent_started JOIN change ON change.id = intent.change
        WHERE intent.started_at >= ? AND change.cluster = ? AND change.state IN ('sending', 'succeeded', 'unknown')
        LIMIT 1
        """
    )
    fileprivate static let insert = Query(
        """
        INSERT INTO intent
            (change, attempt, body_digest, before, send_by, lease_until, fence, started_at, ended_at, evidence)
        VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    fileprivate static let update = Query("UPDATE intent SET ended_at = ?, evidence = ? WHERE change = ?")

    static func decode(_ row: inout StoredRow) throws -> Intent {
        var intent = Intent(
            change: try row.int(),
            bodyDigest: try row.text(),
            before: try row.text(),
            sendBy: try row.time(),
            leaseUntil: try row.time(),
            fence: try row.int(),
            startedAt: try row.time()
        )
        intent.endedAt = try row.optionalTime()
        intent.evidence = try row.optionalText()
        return intent
    }
}

extension RowReading {
    package func intent(of change: Int) throws -> Intent? {
        try statements.first(IntentRows.ofChange, [.int(change)], IntentRows.decode)
    }
}

extension RowReading {
    package func wasSent(after change: Change) throws -> Bool {
        try statements.first(
            IntentRows.sentAfter,
            [.int(change.cluster.id), .int(change.readyOrder ?? 0)]
        ) { try $0.int() } != nil
    }

    package func wasSent(to cluster: Int, since: Timestamp) throws -> Bool {
        try statements.first(
            IntentRows.sentSince,
            [.time(since), .int(cluster)]
        ) { try $0.int() } != nil
    }
}

extension RowWriter {
    package func insert(_ intent: Intent) throws {
        try statements.execute(
            IntentRows.insert,
            [
                .int(intent.change),
                .text(intent.bodyDigest),
                .text(intent.before),
                .time(intent.sendBy),
                .time(intent.leaseUntil),
                .int(intent.fence),
                .time(intent.startedAt),
                .time(intent.endedAt),
                .text(intent.evidence),
            ]
        )
        statements.addsIntent = true
    }

    package func update(_ intent: Intent) throws {
        let rows = try statements.execute(
            IntentRows.update,
            [.time(intent.endedAt), .text(intent.evidence), .int(intent.change)]
        )
        guard rows == 1 else {
            throw StoreError(.conflict, "Change #\(intent.change) has no intent whose outcome could be recorded.")
        }
    }
}
