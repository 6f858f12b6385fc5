import CrashPoints
import GRDB

/// The steps that bring the tables of an older store up to date: numbered, forward only, one file each. A step that was
/// released is never changed.
enum Schema {
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
    ]
}
