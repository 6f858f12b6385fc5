import BotCore
import GRDB
import Testing

@testable import BotStore

extension StoreWriter {
    /// The connection under a SQLite store's transaction, for what only tests do with it.
    var database: Database {
        get throws {
            let writer = try #require(self as? RowWriter)
            return try #require(writer.statements.connection as? SQLiteStoreConnection).db
        }
    }
}
