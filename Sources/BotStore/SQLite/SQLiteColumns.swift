import CSQLite

/// The columns of a statement's current row.
struct SQLiteColumns: StoredColumns {
    let statement: OpaquePointer

    func value(at column: Int) -> StoredValue? {
        let column = CInt(column)
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(Int(sqlite3_column_int64(statement, column)))
        case SQLITE_TEXT:
            // The text must be asked for first: only then is the count of bytes that of UTF-8.
            let start = sqlite3_column_text(statement, column)
            let count = Int(sqlite3_column_bytes(statement, column))
            return .string(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        default: return nil
        }
    }

    var names: [String] {
        (0..<sqlite3_column_count(statement)).map { index in
            sqlite3_column_name(statement, index).map { String(cString: $0) } ?? "?"
        }
    }
}
