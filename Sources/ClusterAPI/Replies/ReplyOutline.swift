import BotCore

/// A reply of the API for somebody who wants to see its shape: all field names and types, the values of which it is known
/// that they concern nobody.
struct ReplyOutline {
    let redactor: Redactor

    /// Fields whose text is shown. Of every other text only the length is: it could be a name.
    private static let shownTexts: Set<String> = [
        "available_memory", "category", "created_at", "currency", "description", "detail", "ephemeral_storage",
        "framework", "gpu_card_type", "gpu_memory", "image_pull_policy", "ip_address", "location", "memory", "message",
        "network_type", "protocol", "protocol_type", "rule_type", "series", "service_type", "sku_type", "slug_name",
        "status", "timestamp", "total_memory", "updated_at", "variant", "version",
    ]
    private static let mostElements = 3
    private static let longestText = 80
    private static let deepest = 12
    private static let longestOutline = 6000

    /// Writes the outline over several lines, indented by two spaces a level, fields in alphabetical order.
    func text(_ value: JSONValue) -> String {
        var lines = ""
        write(value, field: "", depth: 0, into: &lines)
        // A key could also stand there as a number.
        let text = redactor.redacted(lines)
        return text.count > Self.longestOutline ? "\(text.prefix(Self.longestOutline))\n…" : text
    }

    private func write(_ value: JSONValue, field: String, depth: Int, into lines: inout String) {
        guard !PersonalData.isPersonal(field: field) else {
            lines += value.isNull ? "null" : PersonalData.replacement
            return
        }
        switch value {
        case .string(let text):
            lines +=
                Self.shownTexts.contains(field)
                ? "\"\(redactor.excerpt(of: text, limit: Self.longestText))\"" : "(text, \(text.count) characters)"
        case .array(let values) where !values.isEmpty && depth < Self.deepest:
            lines += "["
            for element in values.prefix(Self.mostElements) {
                lines += indent(depth + 1)
                write(element, field: field, depth: depth + 1, into: &lines)
            }
            if values.count > Self.mostElements {
                lines += indent(depth + 1) + "(\(values.count - Self.mostElements) more)"
            }
            lines += indent(depth) + "]"
        case .object(let members) where !members.isEmpty && depth < Self.deepest:
            lines += "{"
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                lines += indent(depth + 1) + redactor.excerpt(of: name, limit: Self.longestText) + ": "
                write(member, field: name, depth: depth + 1, into: &lines)
            }
            lines += indent(depth) + "}"
        case .array(let values): lines += values.isEmpty ? "[]" : "[…]"
        case .object(let members): lines += members.isEmpty ? "{}" : "{…}"
        case .null, .bool, .int, .double: lines += value.canonical
        }
    }

    private func indent(_ depth: Int) -> String { "\n" + String(repeating: "  ", count: depth) }
}
