import BotCore

/// The texts inside the API's `errors`, which may be a map, a list, a text, a number, true or false, also nested.
enum ErrorTexts {
    /// The most errors that are shown: enough to see what is wrong, in a reply of any size.
    private static let most = 10
    private static let deepest = 4

    /// `field: text` for each, fields in alphabetical order; nothing for what says nothing, or concerns people.
    static func all(in value: JSONValue?) -> [String] {
        var found: [String] = []
        collect(value ?? .null, path: "", depth: 0, into: &found)
        return found
    }

    private static func collect(_ value: JSONValue, path: String, depth: Int, into found: inout [String]) {
        guard found.count < most, depth <= deepest else { return }
        switch value {
        case .null, .bool(false), .string(""): break
        case .bool(true): if !path.isEmpty { found.append(path) }
        case .int, .double, .string:
            let text = value.listed
            found.append(path.isEmpty ? text : "\(path): \(text)")
        case .array(let values):
            for value in values { collect(value, path: path, depth: depth + 1, into: &found) }
        case .object(let members):
            for (field, value) in members.sorted(by: { $0.key < $1.key }) where !PersonalData.isPersonal(field: field) {
                // The name that the API's framework gives to errors of no field in particular.
                let name = field == "non_field_errors" ? "" : field
                let inner = path.isEmpty || name.isEmpty ? path + name : "\(path).\(name)"
                collect(value, path: inner, depth: depth + 1, into: &found)
            }
        }
    }
}
