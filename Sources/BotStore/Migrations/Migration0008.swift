import GRDB

/// The changes that ask for the same, and wait or are recent, lie beside each other in the index: one range where there were
/// two.
enum Migration0008 {
    static let name = "0008 one range of those that ask for the same"

    /// When a change was created; behind every moment for those that still wait for their plan or for people.
    static let waitingOrSince =
        "(CASE WHEN state = 'preparing' OR state = 'pending' THEN 9223372036854775807 ELSE created_at END)"

    static func run(_ db: Database) throws {
        try db.execute(
            sql: """
                DROP INDEX change_same;
                CREATE INDEX change_same ON change (cluster, action, arguments, \(waitingOrSince));
                """
        )
    }
}
