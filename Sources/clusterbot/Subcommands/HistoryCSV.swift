import BotCore

/// Writes the history as a table for spreadsheets (RFC 4180). Columns and quoting are guaranteed ("Guarantees" in the
/// handbook).
enum HistoryCSV {
    /// The byte order mark, without which a spreadsheet guesses another encoding.
    static let byteOrderMark = "\u{FEFF}"
    static let lineEnd = "\r\n"

    private static let columns = [
        "v", "seq", "at", "kind", "change", "cluster_id", "cluster_name", "action", "parameters", "person", "account",
        "name", "rule", "policy", "detail", "reason", "hash",
    ]

    static var header: String { columns.map { cell(.string($0)) }.joined(separator: ",") }

    static func line(_ entry: ChainedEntry) -> String {
        let document = (try? JSONValue(parsing: entry.entry)) ?? .null
        let actor = document["actor"]
        let fields: [JSONValue?] = [
            document["v"], document["seq"], document["at"], document["kind"], document["change"],
            document["cluster"]?["id"], document["cluster"]?["name"], document["action"], document["parameters"],
            actor?["person"], actor?["account"], actor?["name"], document["rule"], document["policy"],
            document["detail"], .string(said(entry)), .string(entry.hash),
        ]
        return fields.map { cell($0 ?? .null) }.joined(separator: ",")
    }

    /// Returns what people wrote: the reason, or the comment of an approval; further texts with their names.
    private static func said(_ entry: ChainedEntry) -> String {
        let texts = entry.texts.sorted { $0.key < $1.key }.map { (name: $0.key, text: $0.value.text) }
        if texts.count == 1, ["reason", "comment"].contains(texts[0].name) { return texts[0].text }
        return texts.map { "\($0.name): \($0.text)" }.joined(separator: "; ")
    }

    /// Returns a cell in quotes. A text that begins like a formula gets an apostrophe, because a spreadsheet would take
    /// it for one.
    private static func cell(_ value: JSONValue) -> String {
        let text = value.isNull ? "" : value.string.map(visible) ?? TerminalText.json(value.canonical)
        let begins = text.unicodeScalars.first.map { "=+-@\t\r\n".unicodeScalars.contains($0) } == true
        return "\"" + (begins ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
    }

    /// Returns the text with invisible characters made visible. Tabs and line feeds stay: they are inside the quotes.
    private static func visible(_ text: String) -> String {
        guard !text.isPlainlyVisible else { return text }
        return text.visibleScalars.map { scalar, visibility in
            visibility == .drawn || scalar == "\n" || scalar == "\t" ? String(scalar) : scalar.escape
        }.joined()
    }
}
