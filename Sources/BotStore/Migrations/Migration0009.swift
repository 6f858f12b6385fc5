import GRDB

/// What is being prepared is in one index, by number: in the index by cluster a burst of new changes touched a page for each
/// cluster. The cluster stands behind, so that those of one are found without looking at the changes themselves.
enum Migration0009 {
    static let name = "0009 an index of what is being prepared"

    static func run(_ db: Database) throws {
        try db.execute(
            sql: """
                DROP INDEX change_open;
                DROP INDEX change_to_prepare;
                CREATE INDEX change_preparing ON change (message_tried, id, cluster) WHERE state = 'preparing';
                CREATE INDEX change_open ON change (state, cluster)
                WHERE \(Schema.holds("state", ["pending", "ready", "sending", "unknown"]));
                """
        )
    }
}
