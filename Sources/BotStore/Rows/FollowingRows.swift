import BotCore

/// The statements of the table `following`, which has one row for each cluster that is followed.
private enum FollowingRows {
    private static let columns = "cluster, change, since, busy_status"

    static let all = Query("SELECT \(columns) FROM following ORDER BY cluster")
    static let save = Query("INSERT OR REPLACE INTO following (\(columns)) VALUES (?, ?, ?, ?)")
    static let end = Query("DELETE FROM following WHERE cluster = ?")

    static func decode(_ row: inout StoredRow) throws -> Following {
        Following(
            cluster: try row.int(),
            change: try row.int(),
            since: try row.time(),
            busyStatus: try row.optionalText()
        )
    }
}

extension RowReading {
    package func followings() throws -> [Following] { try statements.all(FollowingRows.all, [], FollowingRows.decode) }

    package func following(of change: Int) throws -> Following? { try followings().first { $0.change == change } }
}

extension RowWriter {
    package func save(_ following: Following) throws {
        try statements.execute(
            FollowingRows.save,
            [
                .int(following.cluster), .int(following.change), .time(following.since),
                .text(following.busyStatus?.storable),
            ]
        )
    }

    package func endFollowing(of cluster: Int) throws { try statements.execute(FollowingRows.end, [.int(cluster)]) }
}
