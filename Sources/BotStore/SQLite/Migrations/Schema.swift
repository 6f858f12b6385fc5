import CrashPoints
import GRDB

/// The steps that bring the tables of an older store up to date: numbered, forward only, one file each.
enum Schema {
    static let migrations: [any Migration.Type] = [
        Migration0001.self, Migration0002.self, Migration0003.self, Migration0004.self, Migration0005.self,
        Migration0006.self, Migration0007.self, Migration0008.self, Migration0009.self,
        Migration0010.self, Migration0011.self, Migration0012.self,
        Migration0013.self, Migration0014.self, Migration0015.self,
        Migration0016.self, Migration0017.self,
    ]

    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            let (name, sql) = (migration.name, migration.sql)
            migrator.registerMigration(name) { db in
                try db.execute(sql: sql)
                CrashPoint.migrationInTransaction.pass()
            }
        }
        return migrator
    }()
}
