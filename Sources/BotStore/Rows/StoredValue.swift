import BotCore
import GRDBSQLite
import Glibc

/// A value on its way into a column.
enum StoredValue {
    case null
    case integer(Int)
    case string(String)

    static func int(_ value: Int?) -> Self { value.map(integer) ?? .null }
    static func text(_ value: String?) -> Self { value.map(string) ?? .null }
    static func time(_ value: Timestamp?) -> Self { int(value?.milliseconds) }
    static func json(_ members: [String: JSONValue]) -> Self {
        members.isEmpty ? .string("{}") : .string(JSONValue.object(members).canonical)
    }

    /// The value as a column can hold it.
    var storable: Self { if case .string(let text) = self { .string(text.storable) } else { self } }

    /// How many bytes of text it has.
    var byteCount: Int { if case .string(let text) = self { text.utf8.count } else { 0 } }

    /// Gives it to a statement. Returns SQLite's result.
    /// - Parameter place: where its text is put; moved behind it. The statement reads it there.
    func bind(to statement: OpaquePointer, at index: Int32, textAt place: inout UnsafeMutablePointer<CChar>) -> CInt {
        switch self {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let value): return sqlite3_bind_int64(statement, index, Int64(value))
        case .string(var text):
            let count = text.withUTF8 { bytes in
                if let start = bytes.baseAddress { memcpy(place, start, bytes.count) }
                return bytes.count
            }
            defer { place += count }
            // Without a destructor SQLite takes no copy.
            return sqlite3_bind_text(statement, index, place, Int32(count), nil)
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
