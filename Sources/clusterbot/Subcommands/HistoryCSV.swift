import BotCore

/// The history as a table for spreadsheets (RFC 4180).
enum HistoryCSV {
    private static let columns = [
        "seq", "at", "kind", "change", "cluster", "action", "parameters", "person", "account", "name", "rule", "policy",
        "detail", "texts", "prev", "hash",
    ]

    static var header: String { columns.joined(separator: ",") }

    static func line(_ entry: ChainedEntry) -> String {
        let document = (try? JSONValue(parsing: entry.entry)) ?? .null
        let actor = document["actor"]
        let texts = entry.texts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }.joined(separator: "; ")
        let fields: [JSONValue?] = [
            document["seq"], document["at"], document["kind"], document["change"], document["cluster"]?["name"],
            document["action"], document["parameters"], actor?["person"], actor?["account"], actor?["name"],
            document["rule"], document["policy"], document["detail"], .string(texts), .string(entry.prev),
            .string(entry.hash),
        ]
        return fields.map { cell($0 ?? .null) }.joined(separator: ",")
    }

    private static func cell(_ value: JSONValue) -> String {
        let text = value.isNull ? "" : value.string ?? value.canonical
        // A spreadsheet would take a text that begins like this for a formula.
        let safe = text.first.map { "=+-@\t\r".contains($0) } == true ? "'" + text : text
        guard safe.contains(where: { ",\"\n\r".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
