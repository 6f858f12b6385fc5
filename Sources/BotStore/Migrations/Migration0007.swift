import GRDB

/// What every command writes is in fewer indexes, and touches fewer of their pages.
enum Migration0007 {
    static let name = "0007 fewer pages a command"

    static func run(_ db: Database) throws {
        for sql in [deliveries, same, preparing] { try db.execute(sql: sql) }
    }

    /// Old deliveries are found by going through all of them now and then.
    private static let deliveries = "DROP INDEX delivery_at;"

    /// When a change was created; behind every moment for those that still wait for their plan or for people.
    static let waitingOrSince =
        "(CASE WHEN state = 'preparing' OR state = 'pending' THEN 9223372036854775807 ELSE created_at END)"

    /// The changes that ask for the same, and wait or are recent, lie beside each other: one range where there were two.
    private static let same = """
        DROP INDEX change_same;
        CREATE INDEX change_same ON change (cluster, action, arguments, \(waitingOrSince));
        """

    /// What is being prepared is in one index, by number: in the index by cluster a burst of new changes touched a page for
    /// each cluster. The cluster stands behind, so that those of one are found without looking at the changes themselves.
    private static let preparing = """
        DROP INDEX change_open;
        DROP INDEX change_to_prepare;
        CREATE INDEX change_preparing ON change (message_tried, id, cluster) WHERE state = 'preparing';
        CREATE INDEX change_open ON change (state, cluster)
        WHERE \(Schema.holds("state", ["pending", "ready", "sending", "unknown"]));
        """
}
