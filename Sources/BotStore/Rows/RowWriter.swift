import BotCore

/// Reads and writes in one transaction.
struct RowWriter: RowReading, StoreWriter {
    let statements: Statements

    init(_ statements: Statements) {
        self.statements = statements
    }

    func whenStored(_ effect: @escaping @Sendable () -> Void) { statements.whenStored.append(effect) }
}
