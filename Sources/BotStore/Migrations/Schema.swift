import CrashPoints
import GRDB

/// The steps that bring the tables of an older store up to date: numbered, forward only, one file each. A step that was
/// released is never changed.
enum Schema {
    /// The condition that a column holds one of some words. As comparisons: for a longer `IN` SQLite builds a table of the
    /// words each time a row is written.
    static func holds(_ column: String, _ words: [String]) -> String {
        "(" + words.map { "\(column) = '\($0)'" }.joined(separator: " OR ") + ")"
    }

    static let openStates = ["preparing", "pending", "ready", "sending", "unknown"]
    static let endStates = ["succeeded", "failed", "refused", "denied", "cancelled", "expired", "superseded"]

    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        for (name, step) in steps {
            migrator.registerMigration(name) { db in
                try step(db)
                CrashPoint.migrationInTransaction.pass()
            }
        }
        return migrator
    }()

    private static let steps: [(name: String, step: @Sendable (Database) throws -> Void)] = [
        (Migration0001.name, Migration0001.run), (Migration0002.name, Migration0002.run),
        (Migration0003.name, Migration0003.run), (Migration0004.name, Migration0004.run),
        (Migration0005.name, Migration0005.run), (Migration0006.name, Migration0006.run),
        (Migration0007.name, Migration0007.run), (Migration0008.name, Migration0008.run),
    ]
}
