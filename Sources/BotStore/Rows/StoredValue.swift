import BotCore
import GRDB

/// A value on its way into a column.
struct StoredValue: DatabaseValueConvertible {
    let databaseValue: DatabaseValue

    static let null = StoredValue(databaseValue: .null)

    static func int(_ value: Int?) -> Self { Self(databaseValue: value?.databaseValue ?? .null) }
    static func text(_ value: String?) -> Self { Self(databaseValue: value?.storable.databaseValue ?? .null) }
    static func time(_ value: Timestamp?) -> Self { int(value?.milliseconds) }
    static func json(_ members: [String: JSONValue]) -> Self { text(JSONValue.object(members).canonical) }

    private init(databaseValue: DatabaseValue) { self.databaseValue = databaseValue }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Self? { Self(databaseValue: value) }
}

extension String {
    /// The text as a column can hold it: SQLite's texts end at the first NUL, so each becomes U+FFFD.
    var storable: String {
        guard utf8.contains(0) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    }
}
