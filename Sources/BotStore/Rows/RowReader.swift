/// Reads one snapshot of the store.
struct RowReader: RowReading {
    let statements: Statements

    init(_ connection: any StoreConnection) {
        statements = Statements(connection)
    }
}
