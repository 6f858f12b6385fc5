import BotCore
import GRDB

/// Reads a row's columns one after the other. A value of another kind than the table promises is an error, never a trap:
/// the file may have been tampered with.
struct StoredRow {
    private let row: Row
    private var column = 0

    init(_ row: Row) {
        self.row = row
    }

    mutating func int() throws -> Int { try required(optionalInt()) }
    mutating func text() throws -> String { try required(optionalText()) }
    mutating func time() throws -> Timestamp { Timestamp(milliseconds: try int()) }
    mutating func optionalTime() throws -> Timestamp? { try optionalInt().map(Timestamp.init(milliseconds:)) }

    mutating func optionalInt() throws -> Int? {
        let value = next()
        if value.isNull { return nil }
        guard case .int64(let number) = value.storage else { throw damaged() }
        return Int(number)
    }

    mutating func optionalText() throws -> String? {
        let value = next()
        if value.isNull { return nil }
        guard case .string(let text) = value.storage else { throw damaged() }
        return text
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

    private mutating func next() -> DatabaseValue {
        defer { column += 1 }
        return column < row.count ? row[column] : .null
    }

    func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw damaged() }
        return value
    }

    private func damaged() -> StoreError {
        StoreError(
            .corrupt,
            "The store holds a value that clusterbot cannot have written (column \(column) of: \(row.columnNames.joined(separator: ", "))). "
                + "Keep the file, and restore a backup."
        )
    }
}
