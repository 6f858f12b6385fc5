import GRDB

/// The index of what was sent says so without a list: for one of more than two words SQLite builds a table each time a row of
/// `change` is written.
enum Migration0006 {
    static let name = "0006 what was sent, without a list"

    static func run(_ db: Database) throws {
        try db.execute(
            sql: """
                DROP INDEX change_sent;
                CREATE INDEX change_sent ON change (cluster, ready_order)
                WHERE \(Schema.holds("state", ["sending", "succeeded", "unknown"]));
                """
        )
    }
}
