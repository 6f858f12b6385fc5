import BotCore
import GRDBSQLite

/// Reads the columns of the row at which a statement stands, one after the other. A value of another kind than the table
/// promises is an error, never a trap: the file may have been tampered with.
struct StoredRow {
    private let statement: OpaquePointer
    private var column: Int32 = 0

    init(_ statement: OpaquePointer) {
        self.statement = statement
    }

    mutating func int() throws -> Int { try required(optionalInt()) }
    mutating func text() throws -> String { try required(optionalText()) }
    mutating func time() throws -> Timestamp { Timestamp(milliseconds: try int()) }
    mutating func optionalTime() throws -> Timestamp? { try optionalInt().map(Timestamp.init(milliseconds:)) }

    mutating func optionalInt() throws -> Int? {
        defer { column += 1 }
        // A column that is not there reads as NULL.
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return nil
        case SQLITE_INTEGER: return Int(sqlite3_column_int64(statement, column))
        default: throw damaged()
        }
    }

    mutating func optionalText() throws -> String? {
        defer { column += 1 }
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return nil
        case SQLITE_TEXT:
            // In this order: asking for the text makes the count right.
            let start = sqlite3_column_text(statement, column)
            let count = Int(sqlite3_column_bytes(statement, column))
            return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
        default: throw damaged()
        }
    }

    /// A text that a type can be made from.
    mutating func parsed<Value>(_ parse: (String) -> Value?) throws -> Value { try required(parse(try text())) }

    mutating func optionalParsed<Value>(_ parse: (String) -> Value?) throws -> Value? {
        guard let text = try optionalText() else { return nil }
        return try required(parse(text))
    }

    /// A JSON object.
    mutating func json() throws -> [String: JSONValue] {
        try StoredJSON.object(try text())
    }

    func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw damaged() }
        return value
    }

    private func damaged() -> StoreError {
        let names = (0..<sqlite3_column_count(statement)).map { index in
            sqlite3_column_name(statement, index).map { String(cString: $0) } ?? "?"
        }
        return StoreError(
            .corrupt,
            "The store holds a value that clusterbot cannot have written (column \(column) of: \(names.joined(separator: ", "))). "
                + "Keep the file, and restore a backup."
        )
    }
}
