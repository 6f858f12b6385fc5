import BotCore

/// A value on its way into a column or out of it.
enum StoredValue: Equatable {
    case null
    case integer(Int)
    case string(String)

    static func int(_ value: Int?) -> Self { value.map(integer) ?? .null }
    static func text(_ value: String?) -> Self { value.map(string) ?? .null }
    static func time(_ value: Timestamp?) -> Self { int(value?.milliseconds) }
    static func json(_ members: [String: JSONValue]) -> Self {
        members.isEmpty ? .string("{}") : .string(JSONValue.object(members).canonical)
    }
}
