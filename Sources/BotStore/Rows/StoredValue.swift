import BotCore
import GRDBSQLite
import Glibc

/// A value on its way into a column.
enum StoredValue {
    case null
    case integer(Int)
    case string(String)

    static func int(_ value: Int?) -> Self { value.map(integer) ?? .null }
    static func text(_ value: String?) -> Self { value.map { .string($0.storable) } ?? .null }
    static func time(_ value: Timestamp?) -> Self { int(value?.milliseconds) }
    static func json(_ members: [String: JSONValue]) -> Self {
        members.isEmpty ? .string("{}") : text(JSONValue.object(members).canonical)
    }

    /// Gives it to a statement, which takes a copy. Returns SQLite's result.
    func bind(to statement: OpaquePointer, at index: Int32) -> CInt {
        switch self {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let value): return sqlite3_bind_int64(statement, index, Int64(value))
        case .string(var text):
            // `SQLITE_TRANSIENT`, which Swift cannot import: SQLite copies the text at once.
            let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    // Without an address SQLite would take the empty text for NULL.
                    guard let start = characters.baseAddress else {
                        return sqlite3_bind_text(statement, index, "", 0, copied)
                    }
                    return sqlite3_bind_text(statement, index, start, Int32(characters.count), copied)
                }
            }
        }
    }
}

extension String {
    /// The text as a column can hold it: SQLite's texts end at the first NUL, so each becomes U+FFFD.
    var storable: String {
        let holdsNUL = utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
        }
        guard holdsNUL ?? utf8.contains(0) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    }
}
