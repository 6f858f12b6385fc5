import BotCore
import GRDB

/// What both sides of the store can be asked, over one connection. The questions stand with the tables they go to.
protocol SQLiteReading: StoreReader {
    var statements: Statements { get }
}

/// Reads one snapshot.
struct SQLiteReader: SQLiteReading {
    let statements: Statements

    init(_ db: Database, _ prepared: PreparedStatements? = nil) {
        statements = Statements(db, prepared)
    }
}

/// Reads and writes in one transaction.
struct SQLiteWriter: SQLiteReading, StoreWriter {
    let statements: Statements

    init(_ statements: Statements) {
        self.statements = statements
    }

    func whenStored(_ effect: @escaping @Sendable () -> Void) { statements.whenStored.append(effect) }
}
