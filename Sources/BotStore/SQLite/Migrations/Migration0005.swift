/// Adds an index by which it is found what was sent after a change. Removes indexes that the first migration once made
/// and nothing uses any more.
enum Migration0005: Migration {
    static let name = "0005 an index of what was sent"
    static let sql = """
        DROP INDEX IF EXISTS change_cluster_created;
        DROP INDEX IF EXISTS change_state;
        DROP INDEX IF EXISTS change_cluster_state;
        DROP INDEX IF EXISTS change_same_waiting;
        DROP INDEX IF EXISTS change_same_recent;
        DROP INDEX IF EXISTS post_due;
        CREATE INDEX change_sent ON change (cluster, ready_order)
        WHERE state IN ('sending', 'succeeded', 'unknown');
        """
}
