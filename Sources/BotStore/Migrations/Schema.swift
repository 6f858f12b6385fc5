import GRDB

/// The steps that bring the tables of an older store up to date: numbered, forward only, one file each. A step that was
/// released is never changed.
enum Schema {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration(Migration0001.name, migrate: Migration0001.run)
        migrator.registerMigration(Migration0002.name, migrate: Migration0002.run)
        return migrator
    }()
}
