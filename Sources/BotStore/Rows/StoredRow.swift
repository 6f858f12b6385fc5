import BotCore

/// Reads the columns of a row, one after the other. A value of another kind than the table promises is an error, never a
/// trap: the file may have been tampered with.
struct StoredRow {
    private let columns: any StoredColumns
    private var column = 0

    init(_ columns: any StoredColumns) {
        self.columns = columns
    }

    mutating func int() throws -> Int { try required(optionalInt()) }
    mutating func text() throws -> String { try required(optionalText()) }
    mutating func time() throws -> Timestamp { Timestamp(milliseconds: try int()) }
    mutating func optionalTime() throws -> Timestamp? { try optionalInt().map(Timestamp.init(milliseconds:)) }

    mutating func optionalInt() throws -> Int? {
        defer { column += 1 }
        switch columns.value(at: column) {
        case .null: return nil
        case .integer(let value): return value
        case .string, nil: throw damaged()
        }
    }

    mutating func optionalText() throws -> String? {
        defer { column += 1 }
        switch columns.value(at: column) {
        case .null: return nil
        case .string(let text): return text
        case .integer, nil: throw damaged()
        }
    }

    /// Reads a text that a value must be made from.
    mutating func parsed<Value>(_ parse: (String) -> Value?) throws -> Value { try required(parse(try text())) }

    mutating func optionalParsed<Value>(_ parse: (String) -> Value?) throws -> Value? {
        guard let text = try optionalText() else { return nil }
        return try required(parse(text))
    }

    /// Reads a JSON object.
    mutating func json() throws -> [String: JSONValue] {
        try StoredJSON.object(try text())
    }

    func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw damaged() }
        return value
    }

    private func damaged() -> StoreError {
        StoreError(
            .corrupt,
            "The store holds a value that clusterbot cannot have written (column \(column) of: "
                + "\(columns.names.joined(separator: ", "))). Keep the file, and restore a backup."
        )
    }
}
