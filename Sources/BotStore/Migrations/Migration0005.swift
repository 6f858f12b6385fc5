import GRDB

/// What was sent after a change is found along an index of its own. The indexes that the first migration once made, and
/// nothing asks for any more, are gone from the stores that still have them.
enum Migration0005 {
    static let name = "0005 an index of what was sent"

    static func run(_ db: Database) throws {
        for index in unused { try db.execute(sql: "DROP INDEX IF EXISTS \(index);") }
        try db.execute(
            sql: """
                CREATE INDEX change_sent ON change (cluster, ready_order)
                WHERE state IN ('sending', 'succeeded', 'unknown');
                """
        )
    }

    private static let unused = [
        "change_cluster_created", "change_state", "change_cluster_state", "change_same_waiting", "change_same_recent",
        "post_due",
    ]
}
