import BotCore

/// Reads and writes columns that hold JSON.
enum StoredJSON {
    /// - Throws: ``StoreError/Code/corrupt`` if the text is no JSON object.
    static func object(_ text: String) throws -> [String: JSONValue] {
        if text == "{}" { return [:] }
        guard let members = (try? JSONValue(parsing: text))?.object else {
            throw StoreError(
                .corrupt,
                "The store holds a text that is no JSON object. Keep the file, and restore a backup."
            )
        }
        return members
    }

    /// Reads a list of texts; nil for anything else.
    static func texts(_ text: String) -> [String]? {
        if text == "[]" { return [] }
        guard let items = (try? JSONValue(parsing: text))?.array else { return nil }
        let texts = items.compactMap(\.string)
        return texts.count == items.count ? texts : nil
    }

    static func texts(_ texts: [String]) -> String { JSONValue.array(texts.map(JSONValue.string)).canonical }
}
