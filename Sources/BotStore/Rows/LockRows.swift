import BotCore

/// The statements of the table `cluster_lock`, which has one row for each cluster that is locked.
private enum LockRows {
    private static let columns =
        "cluster, cluster_name, cluster_project, cluster_labels, person, account, name, reason, channel, since, until"

    static let one = Query("SELECT \(columns) FROM cluster_lock WHERE cluster = ?")
    static let all = Query("SELECT \(columns) FROM cluster_lock ORDER BY cluster")
    static let save = Query("INSERT OR REPLACE INTO cluster_lock (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    static let end = Query("DELETE FROM cluster_lock WHERE cluster = ?")

    static func decode(_ row: inout StoredRow) throws -> ClusterLock {
        let (id, name, project, labels) = (try row.int(), try row.text(), try row.text(), try row.json())
        return ClusterLock(
            cluster: Cluster(id: id, name: name, project: project, labels: labels.compactMapValues(\.string)),
            holder: try StoredIdentity.actor(&row),
            reason: try row.text(),
            channel: try row.parsed(StoredIdentity.channel),
            since: try row.time(),
            until: try row.time()
        )
    }
}

extension RowReading {
    package func lock(on cluster: Int) throws -> ClusterLock? {
        try statements.first(LockRows.one, [.int(cluster)], LockRows.decode)
    }

    package func locks() throws -> [ClusterLock] { try statements.all(LockRows.all, [], LockRows.decode) }
}

extension RowWriter {
    package func save(_ lock: ClusterLock) throws {
        try statements.execute(
            LockRows.save,
            [
                .int(lock.cluster.id),
                .text(lock.cluster.name.storable),
                .text(lock.cluster.project.storable),
                .json(lock.cluster.labels.mapValues(JSONValue.string)),
                .text(lock.holder.person),
                .text(try StoredIdentity.text(lock.holder.account)),
                .text(lock.holder.name.storable),
                .text(lock.reason.storable),
                .text(try StoredIdentity.text(lock.channel)),
                .time(lock.since),
                .time(lock.until),
            ]
        )
    }

    package func endLock(on cluster: Int) throws { try statements.execute(LockRows.end, [.int(cluster)]) }
}
